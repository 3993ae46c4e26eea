import type { DpiChoice, ScanArea, ScanMode, ScannerCapabilities, ScanSource, SourceCapabilities } from '../driver.ts'
import { ScanError, type ScanErrorCode } from '../scan-error.ts'
import { all, parseXml, text, texts, whole, type XmlNode } from './xml.ts'

/** The messages of eSCL (Mopria eSCL Technical Specification 2.97), as far as this desk speaks it. */

const PER_INCH = 300
const MM_PER_INCH = 25.4
const mm = (units: number): number => (units * MM_PER_INCH) / PER_INCH
const units = (millimetres: number): number => Math.round((millimetres / MM_PER_INCH) * PER_INCH)

const COLOR_MODES: Record<ScanMode, string> = { lineart: 'BlackAndWhite1', grey: 'Grayscale8', colour: 'RGB24' }
/** In the order of preference. JPEG cannot hold line art, and only JPEG is sure to be offered for the rest. */
const FORMATS: Record<ScanMode, readonly string[]> = {
  lineart: ['image/png', 'image/tiff'],
  grey: ['image/jpeg', 'image/png', 'image/tiff'],
  colour: ['image/jpeg', 'image/png', 'image/tiff'],
}

interface EsclSource extends SourceCapabilities {
  maxWidth: number
  maxHeight: number
  formats: string[]
  /** Whether the device knows the newer element for the format. */
  formatExt: boolean
}

export interface EsclCapabilities {
  version: string
  name: string
  uuid: string
  sources: EsclSource[]
}

/** Reads ScannerCapabilities. Errors: `io` when it is none; `unsupported` when no source of it can be used. */
export function parseCapabilities(xml: string): EsclCapabilities {
  const root = parseXml(xml, 'ScannerCapabilities')
  const places: [ScanSource, XmlNode | undefined][] = [
    ['flatbed', all(root, 'Platen', 'PlatenInputCaps')[0]],
    ['feeder', all(root, 'Adf', 'AdfSimplexInputCaps')[0]],
    ['feeder_duplex', all(root, 'Adf', 'AdfDuplexInputCaps')[0]],
  ]
  const sources = places.flatMap(([source, caps]) => (caps === undefined ? [] : parseSource(source, caps, root)))
  if (sources.length === 0) throw new ScanError('unsupported', 'no usable source')
  const version = text(root, 'Version')
  return {
    version: /^\d{1,2}\.\d{1,3}$/.test(version) ? version : '2.0',
    name: text(root, 'MakeAndModel') || 'eSCL',
    uuid: text(root, 'UUID')
      .replace(/^urn:uuid:/i, '')
      .toLowerCase(),
    sources,
  }
}

function parseSource(source: ScanSource, caps: XmlNode, root: XmlNode): EsclSource[] {
  const own = all(caps, 'SettingProfiles', 'SettingProfile')
  // Some devices keep their profiles beside the sources instead of inside.
  const profiles = own.length > 0 ? own : all(root, 'SettingProfiles', 'SettingProfile')
  const colors = profiles.flatMap((p) => texts(p, 'ColorModes', 'ColorMode'))
  const ext = profiles.flatMap((p) => texts(p, 'DocumentFormats', 'DocumentFormatExt'))
  const formats = [...ext, ...profiles.flatMap((p) => texts(p, 'DocumentFormats', 'DocumentFormat'))]
  const modes = (Object.keys(COLOR_MODES) as ScanMode[]).filter(
    (mode) => colors.includes(COLOR_MODES[mode]) && FORMATS[mode].some((format) => formats.includes(format)),
  )
  const dpi = parseDpi(profiles)
  const maxWidth = whole(caps, 'MaxWidth') ?? 0
  const maxHeight = whole(caps, 'MaxHeight') ?? 0
  if (modes.length === 0 || dpi === null || maxWidth === 0 || maxHeight === 0) return []
  const maxArea = { width: mm(maxWidth), height: mm(maxHeight) }
  return [{ source, modes, dpi, maxArea, maxWidth, maxHeight, formats, formatExt: ext.length > 0 }]
}

function parseDpi(profiles: readonly XmlNode[]): DpiChoice | null {
  const supported = profiles.flatMap((p) => all(p, 'SupportedResolutions'))
  const values = supported
    .flatMap((s) => all(s, 'DiscreteResolutions', 'DiscreteResolution'))
    .flatMap((d) => {
      const x = whole(d, 'XResolution')
      return x !== null && x > 0 && x === whole(d, 'YResolution') ? [x] : []
    })
  if (values.length > 0) return { values: [...new Set(values)].sort((a, b) => a - b) }
  const range = supported.flatMap((s) => all(s, 'ResolutionRange', 'XResolutionRange'))[0]
  const [min, max] = [whole(range, 'Min'), whole(range, 'Max')]
  return min !== null && max !== null && max >= min ? { min, max, step: whole(range, 'Step') || 1 } : null
}

/** What the desk tells its user about the device. */
export function deskCapabilities({ sources }: EsclCapabilities): ScannerCapabilities {
  return { sources: sources.map(({ source, modes, dpi, maxArea }) => ({ source, modes, dpi, maxArea })), options: [] }
}

export interface EsclStatus {
  state: string
  adf: string
  /** State of each job the device still knows, by the last part of its address. */
  jobs: Map<string, string>
}

/** Reads ScannerStatus. Errors: `io` when it is none. */
export function parseStatus(xml: string): EsclStatus {
  const root = parseXml(xml, 'ScannerStatus')
  const jobs = all(root, 'Jobs', 'JobInfo').map((job): [string, string] => [
    text(job, 'JobUri').split('/').at(-1) ?? '',
    text(job, 'JobState'),
  ])
  return { state: text(root, 'State'), adf: text(root, 'AdfState'), jobs: new Map(jobs) }
}

const ADF_TROUBLE: Record<string, ScanErrorCode> = {
  ScannerAdfJam: 'jam',
  ScannerAdfMispick: 'jam',
  ScannerAdfMultipickDetected: 'jam',
  ScannerAdfDuplexPageTooShort: 'jam',
  ScannerAdfDuplexPageTooLong: 'jam',
  ScannerAdfInputTrayFailed: 'jam',
  ScannerAdfInputTrayOverloaded: 'jam',
  ScannerAdfHatchOpen: 'cover_open',
  ScannerAdfDoorOpen: 'cover_open',
  ScannerAdfEmpty: 'no_documents',
}

/** What keeps this source from scanning, by the feeder's own word; null when nothing does. The glass needs no feeder. */
export function feederTrouble(status: EsclStatus, source: ScanSource): ScanErrorCode | null {
  return source === 'flatbed' ? null : (ADF_TROUBLE[status.adf] ?? null)
}

export interface EsclSettings {
  source: ScanSource
  mode: ScanMode
  dpi: number
  area: ScanArea | undefined
}

/** The body of POST ScanJobs. Errors: `unsupported` for what the device does not offer. */
export function scanSettings(caps: EsclCapabilities, { source, mode, dpi, area }: EsclSettings): string {
  const from = caps.sources.find((s) => s.source === source)
  if (!from) throw new ScanError('unsupported', `source ${source}`)
  if (!from.modes.includes(mode)) throw new ScanError('unsupported', `mode ${mode}`)
  const format = FORMATS[mode].find((f) => from.formats.includes(f)) as string
  const [x, y] = area ? [units(area.x), units(area.y)] : [0, 0]
  const width = Math.min(area ? units(area.width) : Infinity, from.maxWidth - x)
  const height = Math.min(area ? units(area.height) : Infinity, from.maxHeight - y)
  if (x < 0 || y < 0 || width <= 0 || height <= 0) throw new ScanError('unsupported', 'area')
  return `<?xml version="1.0" encoding="UTF-8"?>
<scan:ScanSettings xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm" xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03">
  <pwg:Version>${caps.version}</pwg:Version>
  <pwg:ScanRegions>
    <pwg:ScanRegion>
      <pwg:ContentRegionUnits>escl:ThreeHundredthsOfInches</pwg:ContentRegionUnits>
      <pwg:XOffset>${x}</pwg:XOffset>
      <pwg:YOffset>${y}</pwg:YOffset>
      <pwg:Width>${width}</pwg:Width>
      <pwg:Height>${height}</pwg:Height>
    </pwg:ScanRegion>
  </pwg:ScanRegions>
  <pwg:InputSource>${source === 'flatbed' ? 'Platen' : 'Feeder'}</pwg:InputSource>
  <scan:ColorMode>${COLOR_MODES[mode]}</scan:ColorMode>
  <pwg:DocumentFormat>${format}</pwg:DocumentFormat>${from.formatExt ? `\n  <scan:DocumentFormatExt>${format}</scan:DocumentFormatExt>` : ''}
  <scan:XResolution>${dpi}</scan:XResolution>
  <scan:YResolution>${dpi}</scan:YResolution>${source === 'flatbed' ? '' : `\n  <scan:Duplex>${source === 'feeder_duplex'}</scan:Duplex>`}
</scan:ScanSettings>
`
}
