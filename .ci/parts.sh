# shellcheck shell=bash
# Parts of a run: each is timed, its outcome is kept, and a table says at the end
# how long each took. Sourced by `run` and `gates`.

PARTS=()
PARTS_FAILED=()

now_ms() {
    date +%s%3N
}

# record NAME START STATUS: remember how a part that began at START (ms) ended.
record() {
    local name=$1 took outcome=ok
    took=$(($(now_ms) - $2))
    if [ "$3" -ne 0 ]; then
        outcome=FAILED
        PARTS_FAILED+=("$name")
    fi
    PARTS+=("$(printf '%-24s %-7s %5d.%d s' "$name" "$outcome" $((took / 1000)) $((took % 1000 / 100)))")
    PART_LINE=${PARTS[-1]}
}

# quiet_part NAME COMMAND...: run it; what it printed is shown only when it failed.
quiet_part() {
    local name=$1 start status=0 output
    shift
    start=$(now_ms)
    output=$("$@" 2>&1 </dev/null) || status=$?
    record "$name" "$start" "$status"
    echo "$PART_LINE"
    [ "$status" -eq 0 ] || printf '%s\n\n' "$output"
}

# table: how long each part took, and which ones failed.
table() {
    printf '\n%s\n' "How long each part took"
    printf '  %s\n' "${PARTS[@]}"
    [ "${#PARTS_FAILED[@]}" -eq 0 ] || printf '\n%s\n' "Failed: ${PARTS_FAILED[*]}"
}
