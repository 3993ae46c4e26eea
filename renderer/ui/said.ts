/**
 * Texts that lists ask for with every row, translated once: a row asks for a dozen, the same as the row before, and the
 * translator takes as long for each as the row takes to be drawn. For texts whose values are few (words, spans of time).
 */
import i18next, { type TFunction } from 'i18next'

type Values = Readonly<Record<string, string | number>>

/** More than there are in use: after so many they are asked for anew. */
const MOST = 3000

let language = ''
const known = new Map<string, string>()

/** The text of a key in the language that is spoken now. */
export function said(key: string, values?: Values): string {
  if (language !== i18next.language || known.size > MOST) {
    language = i18next.language
    known.clear()
  }
  const id = values ? `${key} ${JSON.stringify(values)}` : key
  let text = known.get(id)
  if (text === undefined) {
    text = i18next.t(key, { ...values })
    known.set(id, text)
  }
  return text
}

/** Stands for a value that is another with every row. */
const ANY = '\u0000'

/** The same for one value of which there are many, such as a title. */
export const saidOf = (key: string, name: string, value: string): string =>
  said(key, { [name]: ANY }).replace(ANY, () => value)

/** The same where a translator is asked for. Whoever uses it is told by others when the language is another. */
export const words = said as unknown as TFunction
