const FIRST = 0x4e00
const LAST = 0x9fff

/** Places of the Han characters in the order of this engine's pinyin collation: 16 bits each, little-endian, as base64. */
export function pinyinOrder() {
  const characters = []
  for (let code = FIRST; code <= LAST; code++) characters.push(String.fromCharCode(code))
  const order = characters.sort(new Intl.Collator('zh-Hans-CN-u-co-pinyin').compare)
  const places = Buffer.alloc(characters.length * 2)
  order.forEach((character, place) => places.writeUInt16LE(place, (character.charCodeAt(0) - FIRST) * 2))
  return places.toString('base64')
}
