/** The words of a query as they are looked for in a text: width and case folded. */
export function fold(text: string): string {
  // Most texts have nothing to be unfolded: their places are those of the text as it is.
  const lower = text.toLowerCase()
  if (lower.length === text.length && text.normalize('NFKC') === text) return lower
  return [...text].map((character) => {
    const folded = character.normalize('NFKC').toLowerCase()
    return folded.length === character.length ? folded : character
  }).join('') // prettier-ignore
}

let asked = { query: '', words: [] as readonly string[] }

/** The words of a query, folded once for all the texts of a list. */
function wordsOf(query: string): readonly string[] {
  if (asked.query !== query) asked = { query, words: fold(query).split(/\s+/).filter(Boolean) }
  return asked.words
}

/** Ranges [from, to) of `text` that a word of the query hits; sorted, not overlapping. */
export function hits(text: string, query: string): [number, number][] {
  const folded = fold(text)
  const found: [number, number][] = []
  for (const word of wordsOf(query)) {
    for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length))
      found.push([at, at + word.length])
  }
  found.sort((a, b) => a[0] - b[0])
  const merged: [number, number][] = []
  for (const range of found) {
    const before = merged.at(-1)
    if (before && range[0] <= before[1]) before[1] = Math.max(before[1], range[1])
    else merged.push(range)
  }
  return merged
}

/** A text with what was searched for marked in it. */
export function Highlight({ text, query }: { text: string; query: string }) {
  const found = query ? hits(text, query) : []
  if (found.length === 0) return <>{text}</>
  let last = 0
  return (
    <>
      {found.map(([from, to]) => {
        const lead = text.slice(last, from)
        last = to
        return (
          <span key={from}>
            {lead}
            <mark className="rounded-[2px] bg-amber-soft px-px text-ink">{text.slice(from, to)}</mark>
          </span>
        )
      })}
      {text.slice(last)}
    </>
  )
}
