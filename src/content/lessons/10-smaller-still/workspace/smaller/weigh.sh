#!/bin/bash
# weigh.sh PROGRAM...: what it takes to start a program once, and the memory of ten that wait.
starts=50
copies=10
mkfifo /tmp/said

printf '%-12s %12s %12s\n' program 'one start' 'ten waiting'
for program in "$@"; do
  begin=$(date +%s%N)
  for ((i = 0; i < starts; i++)); do "$program" >/dev/null; done
  end=$(date +%s%N)

  waiting=()
  for ((i = 0; i < copies; i++)); do
    "$program" wait >/tmp/said &
    waiting+=($!)
  done
  head -n $copies /tmp/said >/dev/null
  # Pss counts a page that several processes share once: each is charged its part of it.
  kilobytes=$(for pid in "${waiting[@]}"; do cat /proc/$pid/smaps_rollup; done | awk '/^Pss:/ { sum += $2 } END { print sum }')
  kill "${waiting[@]}"
  wait 2>/dev/null

  awk -v p="$program" -v ns=$((end - begin)) -v n=$starts -v kb="$kilobytes" \
    'BEGIN { printf "%-12s %9.1f ms %9.1f MB\n", p, ns / n / 1e6, kb * 1.024 / 1000 }'
done
