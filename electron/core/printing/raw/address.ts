import { LAYOUTS } from '../templates/data.ts'
import type { RawPrinterSetting } from './raw-driver.ts'

const WIDEST_MM = 220
const LONGEST_MM = 400

/**
 * A receipt or label printer from an address as staff type it into the settings: `escpos://192.168.1.9` or
 * `zpl://labels.lib.cn:9100?dpi=300&width=100&height=60`. Port 9100, 203 dpi and the usual width where nothing is said;
 * undefined for any other address.
 */
export function rawPrinterOf(address: string): RawPrinterSetting | undefined {
  const match = /^(escpos|zpl):\/\//i.exec(address)
  if (!match) return undefined
  // `URL` reads host and port only for schemes it knows.
  const url = URL.parse(`http://${address.slice(match[0].length)}`)
  if (!url || url.hostname === '' || url.username !== '' || (url.pathname !== '/' && url.pathname !== ''))
    return undefined
  const language = match[1]!.toLowerCase() as RawPrinterSetting['language']
  const dpi = Number(url.searchParams.get('dpi') ?? 203)
  const usual = language === 'zpl' ? LAYOUTS.label4x6.widthMm : LAYOUTS.roll80.widthMm
  const widthMm = Number(url.searchParams.get('width') ?? usual)
  const heightMm = Number(url.searchParams.get('height') ?? 0)
  const sound = dpi >= 100 && dpi <= 1200 && widthMm >= 20 && widthMm <= WIDEST_MM
  if (!sound || !(heightMm === 0 || (heightMm >= 20 && heightMm <= LONGEST_MM))) return undefined
  const port = url.port === '' ? 9100 : Number(url.port)
  const confirms = url.searchParams.get('confirm') === '1'
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const size = heightMm === 0 ? { widthMm } : { widthMm, heightMm }
  return { id: address, name: url.hostname, host, port, language, dpi, ...size, confirms }
}
