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
 * Leads to the colour in its first argument until standard input ends or says `confirm`, which keeps it. The second
 * argument is a word that nobody else has.
 *
 * A request sees one colour at any moment: creating and removing the provisional file are one system call each, and
 * what is kept changes only while a provisional file covers it.
 */
export const switchScript = ({ kept, provisional }: Folders = FOLDERS) => `
set -eu
colour=$1 token=$2
mkdir -p ${provisional}
printf %s "$token" >${provisional}/token
: >"${provisional}/$colour"
echo switched
word=
read -r word || true
# Somebody has switched since, or has settled what this one left open.
[ "$(cat ${provisional}/token 2>/dev/null)" = "$token" ] || exit 3
if [ "$word" = confirm ]; then
${keep({ kept, provisional })}
fi
${uncover(provisional)}
`

/**
 * Keeps a provisional switch whose deploy can't be reached any more, so that it does not go back under the feet of the
 * next deploy. Prints what the front leads to.
 */
export const settleScript = ({ kept, provisional }: Folders = FOLDERS) => `
set -eu
for colour in green blue; do
  if [ -f "${provisional}/$colour" ]; then
    rm -f ${provisional}/token
${keep({ kept, provisional })}
    ${uncover(provisional)}
    break
  fi
done
${readScript({ kept, provisional })}`

const keep = ({ kept }: Folders) => `    : >"${kept}/$colour"
    for other in blue green; do
      if [ "$other" != "$colour" ]; then rm -f "${kept}/$other"; fi
    done`

const uncover = (provisional: string) => `rm -f ${provisional}/blue ${provisional}/green ${provisional}/token`
