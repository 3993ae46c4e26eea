/** What a printed page number says: plain, between dots or dashes, as 第 12 页, in Chinese figures. */

const FIGURES = '〇一二三四五六七八九'
/** What is printed around a number, and what a dash is read as. */
const AROUND = '[^\\p{L}\\p{N}]|一'
const PLAIN = new RegExp(`^(?:${AROUND})*(\\d{1,4})(?:${AROUND})*$`, 'u')
const SAID = /^[^\p{L}\p{N}]*(?:第(\d{1,4})[页頁]?|(\d{1,4})[页頁]|(?:page|p)\.?(\d{1,4}))[^\p{L}\p{N}]*$/iu
const CHINESE = new RegExp(`^[^\\p{L}\\p{N}]*第?([${FIGURES}○零O0十百]{2,6})[页頁]?[^\\p{L}\\p{N}]*$`, 'u')

/** @param text as it was read, without spaces @returns null for whatever is no page number (roman ones are not counted with) */
export function folioIn(text: string): number | null {
  const plain = PLAIN.exec(text)?.[1]
  const said = SAID.exec(text)
  const digits = plain ?? said?.[1] ?? said?.[2] ?? said?.[3]
  const number = digits === undefined ? chineseNumber(CHINESE.exec(text)?.[1]) : Number(digits)
  return number !== null && number > 0 ? number : null
}

/** 一二三 and 一百二十三 alike. */
function chineseNumber(text: string | undefined): number | null {
  if (text === undefined || !/[一二三四五六七八九十百]/.test(text)) return null
  const figures = [...text.replace(/[○零O0]/g, '〇')]
  if (!figures.some((one) => one === '十' || one === '百'))
    return Number(figures.map((one) => FIGURES.indexOf(one)).join(''))
  let sum = 0
  let last = 0
  for (const one of figures) {
    if (one === '百') sum += (last || 1) * 100
    else if (one === '十') sum += (last || 1) * 10
    last = one === '百' || one === '十' ? 0 : FIGURES.indexOf(one)
  }
  return sum + last
}
