#!/bin/sh
# Prints a folder in memory where programs can be run and a GiB is free, or nothing where there is none: in many
# containers what lies in /dev/shm may not be run, or little fits.
FOLDER=/dev/shm
probe=$(mktemp "$FOLDER/jerem-probe-XXXXXX" 2>/dev/null) || exit 0
trap 'rm -f "$probe"' EXIT
printf '#!/bin/sh\n' > "$probe"
chmod +x "$probe"
free=$(df -Pk "$FOLDER" | awk 'NR == 2 { print $4 }')
if "$probe" 2>/dev/null && [ "${free:-0}" -ge 1048576 ]; then
	echo "$FOLDER"
fi
