/** What native tesseract can read: words in English, pairs of characters in Chinese. */
import { tool } from './tools.ts'

export async function readText(image: string, language: 'en' | 'zh'): Promise<string> {
  const code = language === 'en' ? 'eng' : 'chi_sim'
  return tool('tesseract', [image, '-', '-l', code, '--dpi', '300', '--psm', '3'], { OMP_THREAD_LIMIT: '1' })
}

function units(text: string, language: 'en' | 'zh'): string[] {
  if (language === 'en') return text.toLowerCase().match(/[a-z]+|\d+/g) ?? []
  const characters = [...text.normalize('NFKC').replace(/\s/g, '')].filter((character) =>
    /\p{Script=Han}/u.test(character),
  )
  return characters.slice(1).map((character, i) => characters[i]! + character)
}

/** F1 of the bag of units: 1 = everything read and nothing invented. */
export function score(read: string, truth: string, language: 'en' | 'zh'): number {
  const wanted = new Map<string, number>()
  const all = units(truth, language)
  for (const unit of all) wanted.set(unit, (wanted.get(unit) ?? 0) + 1)
  const got = units(read, language)
  let hits = 0
  for (const unit of got) {
    const left = wanted.get(unit) ?? 0
    if (left > 0) {
      hits++
      wanted.set(unit, left - 1)
    }
  }
  return all.length + got.length === 0 ? 1 : (2 * hits) / (all.length + got.length)
}
