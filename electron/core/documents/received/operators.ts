import { afterComment, afterInlineImage, afterString, isRegular } from './content.ts'

/** An operator of a content stream with what stands before it, as far as it is numbers or a name. */
export interface Operation {
  readonly operator: string
  readonly numbers: readonly number[]
  /** The last name before the operator, without its slash; empty where there is none. */
  readonly name: string
}

/** Longer words are no operators. */
const LONGEST_OPERATOR = 16
const MOST_OPERANDS = 12
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)$/

/** Reads content operator by operator; what is no token at all is passed over. */
export function* operators(bytes: Uint8Array): Generator<Operation> {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  let numbers: number[] = []
  let name = ''
  for (let at = 0; at < bytes.length;) {
    const byte = bytes[at]!
    if (byte === 0x25) at = afterComment(bytes, at)
    else if (byte === 0x28) at = afterString(bytes, at)
    else if (byte === 0x2f || isRegular(byte)) {
      let end = at + 1
      while (end < bytes.length && isRegular(bytes[end]!)) end++
      const word = end - at > LONGEST_OPERATOR && byte !== 0x2f ? '' : text.toString('latin1', at, end)
      at = end
      if (byte === 0x2f) name = word.slice(1)
      else if (NUMBER.test(word)) {
        if (numbers.length < MOST_OPERANDS) numbers.push(Number(word))
      } else {
        if (word === 'ID') at = afterInlineImage(bytes, end)
        yield { operator: word, numbers, name }
        numbers = []
        name = ''
      }
    } else at++
  }
}
