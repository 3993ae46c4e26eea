/** Makes sure that a page which seems to lie upside down or sideways does: what is upright can be read. */
import type { Quarter } from '../../../contract/core/page-adjust.ts'
import { cutShare, loadGrey, quarterTurn, type Grey } from '../../scanning/image/grey.ts'
import { legibleLetters } from './recognise.ts'

/** Strips of the page that are tried one after the other, as shares of its height: the first often suffices. */
const STRIPS = [0.42, 0.22, 0.62] as const
const STRIP_HEIGHT = 0.07
/** So many letters must be read of the turned strip, and so many times those of the page as it lies. */
const FEWEST = 12
const TIMES = 2
const READ_DPI = 200

/** @param turn the quarters that would set the page upright */
export async function readsBetterTurned(path: string, page: number, dpi: number, turn: Quarter): Promise<boolean> {
  const { grey } = await loadGrey(path, dpi, READ_DPI, page)
  const turned = quarterTurn(grey, turn)
  for (const top of STRIPS) {
    const strip = cutShare(turned, { left: 0, top, width: 1, height: STRIP_HEIGHT })
    const upright = await letters(strip)
    if (upright < FEWEST) continue
    return upright > (await letters(quarterTurn(strip, ((360 - turn) % 360) as Quarter))) * TIMES
  }
  return false
}

const letters = (strip: Grey): Promise<number> => legibleLetters(strip, ['chi_sim', 'eng'])
