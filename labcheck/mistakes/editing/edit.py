"""An edit that is not where it should be: in no image, in the container only, or in another file."""

from __future__ import annotations

from labcheck.checks import EditPushed, ImageBuiltOn, PageServed
from labcheck.checks.edits import is_built_on, is_edited, meanings
from labcheck.checks.origin import made_from
from labcheck.engine import ListedContainer
from labcheck.mistake import Facts, facts, recognises
from labcheck.mistakes import seen
from labcheck.oci import Unpacked
from labcheck.past import Past
from labcheck.query import ContainerNamed, PageAt, PageStored, StoredAt
from labcheck.snapshot import Found
from labcheck.verdict import Fix


@recognises("commit-forgotten", ImageBuiltOn, EditPushed)
def commit_forgotten(check: ImageBuiltOn | EditPushed, past: Past) -> Facts | None:
    """The image is the base itself; which container may have the edit."""
    images = _images(check, past)
    bases = meanings(past, check.base)
    if not any(is_built_on(image, base) for image in images for base in bases):
        return None
    if any(is_edited(image, base) for image in images for base in bases):
        return None
    containers = [it.name for it in seen.containers(past) if it.status == "running" and made_from(it, check.base, past)]
    name = containers[0] if len(containers) == 1 else ""
    return facts(_commit(name, check), image=check.image, base=check.base, name=name)


@recognises("committed-too-early", EditPushed)
def committed_too_early(check: EditPushed, past: Past) -> Facts | None:
    """The registry's image has another page than a container that runs and was made from the base."""
    container = _shows(check, past) if _lacks_page(check, past) else None
    return facts(_commit(container.name, check), name=container.name) if container else None


@recognises("edit-in-a-volume", EditPushed)
def edit_in_a_volume(check: EditPushed, past: Past) -> Facts | None:
    """That container has the page in something that is mounted."""
    container = _shows(check, past) if _lacks_page(check, past) else None
    it = seen.container(past, container.name) if container else None
    mounted = (*it.bound, *(where for _, where in it.volumes)) if it else ()
    mount = next((where for where in mounted if check.path.startswith(f"{where.rstrip('/')}/")), "")
    return facts(name=it.name, mount=mount) if it and mount else None


@recognises("page-not-edited", PageServed)
def page_not_edited(check: PageServed, past: Past) -> Facts | None:
    """Something answers, and it is the container that is meant; which file it should be, if the lab says so."""
    page, container = past.now(PageAt(check.domain, check.words)), past.now(ContainerNamed(check.name))
    if not isinstance(page, Found) or page.value.says or not isinstance(container, Found):
        return None
    if container.value.status != "running":
        return None
    file = next((it.path for it in past.queries if isinstance(it, PageStored) and it.words == check.words), "")
    edit = f"""docker exec {check.name} sh -c 'echo "<h1>{check.words}</h1>" > {file}'"""
    return facts(Fix((edit,)) if file else Fix(), name=check.name, words=check.words, file=file)


def _lacks_page(check: EditPushed, past: Past) -> bool:
    """Whether the registry has an edited image, and that is known not to have the page."""
    bases, images = meanings(past, check.base), _images(check, past)
    base = next((it for it in bases if any(is_edited(held, it) for held in images)), None)
    return base is not None and check.file(past, base) in {"other", "none"}


def _images(check: ImageBuiltOn | EditPushed, past: Past) -> tuple[Unpacked, ...]:
    """What the check judges: the registry's images of that name, or the engine's."""
    if isinstance(check, EditPushed):
        stored = past.now(StoredAt(check.image))
        return stored.value.images if isinstance(stored, Found) else ()
    image = seen.image(past, check.image)
    return (Unpacked(image.layers, image.configuration),) if image and image.layers else ()


def _shows(check: EditPushed, past: Past) -> ListedContainer | None:
    """The container whose page says what the check wants."""
    pages = [it for it in past.queries if isinstance(it, PageAt) and it.words == check.words]
    domains = [it.domain for it in pages if isinstance(page := past.now(it), Found) and page.value.says]
    here = (it for it in seen.containers(past) if any(seen.publishes(it, domain) for domain in domains))
    return next((it for it in here if made_from(it, check.base, past)), None)


def _commit(container: str, check: ImageBuiltOn | EditPushed) -> Fix:
    """Make the image of this container, and push it if that is what the check wants."""
    push = (f"docker push {check.image}",) if isinstance(check, EditPushed) else ()
    return Fix((f"docker commit {container} {check.image}", *push)) if container else Fix()
