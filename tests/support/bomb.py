"""A lab file of thirty lines that grows beyond all bounds where its aliases are followed."""

from __future__ import annotations

BOMB = "\n".join(
    ["title: T", "a0: &a0 [x, x]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30))]
)
