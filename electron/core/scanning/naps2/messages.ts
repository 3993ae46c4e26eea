import { ScanError, type ScanErrorCode } from '../scan-error.ts'

/**
 * What NAPS2.Console says, in English and in Simplified Chinese: it speaks the language of the system, and its exit
 * code tells no more than "something was said" (1). Texts of NAPS2 8, SdkResources.resx and SdkResources.zh-CN.resx.
 */
const MEANINGS: readonly (readonly [RegExp, ScanErrorCode])[] = [
  [/paper jam|发生卡纸/i, 'jam'],
  [/cover is open|盖已打开/i, 'cover_open'],
  [/no pages are in the feeder|输稿器中未发现纸张/i, 'no_documents'],
  [/scanner is busy|warming up|扫描仪正在工作|正在预热/i, 'busy'],
  [
    /could not be found|is offline|no scanning device was found|无法找到所选的扫描仪|处于脱机状态|未找到扫描设备/i,
    'offline',
  ],
  [/does not support using|driver is not supported|不支持使用|不支持双面扫描|不受本系统支持/i, 'unsupported'],
  [/don't have permission|没有.*权限/i, 'access_denied'],
  [/not enough space|disk is full|磁盘空间不足/i, 'disk_full'],
  [/was interrupted|error occurred with the scanning driver|尝试扫描文件发生错误/i, 'io'],
]

/** The error in what the tool said; `fallback` where nothing known is in it. */
export function naps2Error(said: string, fallback: ScanErrorCode): ScanError {
  const code = MEANINGS.find(([pattern]) => pattern.test(said))?.[1]
  return new ScanError(code ?? fallback, said.slice(-2000))
}

/** The number in "Scanned page 3.", or null. */
export function scannedPage(line: string): number | null {
  const found = /^(?:scanned page|已扫描)\D*(\d+)/i.exec(line)?.[1]
  return found === undefined ? null : Number(found)
}

const utf8 = new TextDecoder('utf-8', { fatal: true })
const gb18030 = new TextDecoder('gb18030')

/** A line of a .NET console program: UTF-8, or the code page of a Chinese Windows. `latin1` holds one byte a character. */
export function decodeConsole(latin1: string): string {
  const bytes = Buffer.from(latin1, 'latin1')
  try {
    return utf8.decode(bytes)
  } catch {
    return gb18030.decode(bytes)
  }
}
