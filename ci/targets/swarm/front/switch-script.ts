/** A file named for the colour that serves, in the volume: what a restart of the front finds again. */
export const KEPT = "/colour"
/** The same for a switch that is not yet kept. It is in memory: a front that starts anew is back at what is kept. */
export const PROVISIONAL = "/tmp/switch"

/** The two folders, other ones in tests. */
export interface Folders {
  readonly kept: string
  readonly provisional: string
}
const FOLDERS: Folders = { kept: KEPT, provisional: PROVISIONAL }

/** Prints the colour that the front leads to, or nothing. */
export const readScript = ({ kept, provisional }: Folders = FOLDERS) => `
for file in ${provisional}/green ${provisional}/blue ${kept}/green ${kept}/blue; do
  if [ -f "$file" ]; then
    echo "\${file##*/}"
    exit 0
  fi
done
`

/**
 * Leads to the colour in its first argument until standard input says `back` or `confirm`, which keeps it. The second
 * argument is a word that nobody else has. It also goes back, and fails, when standard input ends, and after the seconds in
 * the third argument: the end of a deploy whose machine or network is gone is told to nobody.
 *
 * A request sees one colour at any moment: creating and removing the provisional file are one system call each, and
 * what is kept changes only while a provisional file covers it.
 */
export const switchScript = ({ kept, provisional }: Folders = FOLDERS) => `
set -eu
colour=$1 token=$2 seconds=$3
mkdir -p ${provisional}
printf %s "$token" >${provisional}/token
: >"${provisional}/$colour"
echo switched
word=$(timeout "$seconds" head -n 1) || true
# Somebody has switched since, or has taken back what this one left open.
[ "$(cat ${provisional}/token 2>/dev/null)" = "$token" ] || exit 3
if [ "$word" = confirm ]; then
${keep(kept)}
fi
${uncover(provisional)}
[ "$word" = confirm ] || [ "$word" = back ]
`

/** Goes back from a provisional switch whose deploy can't be reached any more, under whose feet that may have been done. */
export const takeBackScript = ({ provisional }: Folders = FOLDERS) => `
set -eu
${uncover(provisional)}
`

const keep = (kept: string) => `  : >"${kept}/$colour"
  for other in blue green; do
    if [ "$other" != "$colour" ]; then rm -f "${kept}/$other"; fi
  done`

const uncover = (provisional: string) => `rm -f ${provisional}/blue ${provisional}/green ${provisional}/token`
