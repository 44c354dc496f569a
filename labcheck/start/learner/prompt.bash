# labcheck's part of the prompt. To be without it, put this line into your ~/.bashrc, or type it:
#     LABCHECK_PROMPT=off
#
# It never stands between a command and the terminal. What became done is read from a small file, which the course's
# recorder writes. What a command said is known to JupyterLab, which draws the terminal; so that it can tell one
# command's words from another's, they begin and end with the marks that terminals have for that (OSC 133).

__labcheck_prompt() {
    # Nothing here is changed for what is typed next, whatever the shell's options are (set -x, set -e, set -u).
    { local -a codes=("${PIPESTATUS[@]}"); local -; set +eux; } 2>/dev/null
    local ran=${__labcheck_ran-} line text
    local -a fresh=()
    __labcheck_ran=
    [[ ${LABCHECK_PROMPT-} != off ]] || return 0
    if [[ $ran && ${codes[*]} == *[1-9]* && ${codes[-1]} != 130 ]]; then
        line=$(HISTTIMEFORMAT='' history 1)
        if [[ $line == *@(docker|curl)* && $line != *'labcheck explain'* ]]; then
            printf '\e]133;D;%s\a' "${codes[-1]}" >&2
            "${__labcheck_meaning[@]}" $$ "${COLUMNS:-80}" >&2 2>/dev/null
        fi
    fi
    if [[ -s $__labcheck_ticks ]]; then
        mapfile -t -s "$__labcheck_told" fresh <"$__labcheck_ticks"
        for text in "${fresh[@]}"; do
            if [[ ${NO_COLOR-} ]]; then printf '%s\n' "$text"; else printf '\e[32m%s\e[0m\n' "$text"; fi
        done >&2
        __labcheck_told=$((__labcheck_told + ${#fresh[@]}))
    fi
    return 0
}

# Bash has had a list of such commands since 5.1, each of which finds the exit codes as the command left them.
if [[ $- == *i* && ${LABCHECK_PROMPT-} != off ]] && ((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] >= 501)) && shopt -q promptvars; then
    # What was done before this terminal was opened is no news to it.
    __labcheck_told=0
    if [[ -r $__labcheck_ticks ]]; then
        mapfile -t __labcheck_lines <"$__labcheck_ticks"
        __labcheck_told=${#__labcheck_lines[@]}
        unset __labcheck_lines
    fi
    PROMPT_COMMAND=(__labcheck_prompt "${PROMPT_COMMAND[@]}")
    # It is shown where a command begins, and not where only Enter was pressed.
    PS0='\e]133;C\a${PS0:$((__labcheck_ran=1,0)):0}'${PS0-}
fi
