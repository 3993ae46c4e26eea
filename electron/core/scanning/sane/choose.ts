import {
  type DpiChoice,
  nearestDpi,
  type ScanMode,
  type ScanRequest,
  type ScanSource,
  type SourceCapabilities,
} from '../driver.ts'
import { ScanError } from '../scan-error.ts'
import type { SaneOption } from './options.ts'

/**
 * Which of a device's own words mean what we mean. Every SANE backend names its sources and modes itself
 * ("ADF", "ADF Duplex", "Automatic Document Feeder(left aligned)", "Lineart", "Black & White", "24bit Color"),
 * so the words are looked for in what the device offers and never taken for granted.
 */
type Options = ReadonlyMap<string, SaneOption>

const SOURCES: Record<ScanSource, { is: RegExp; not: RegExp }> = {
  flatbed: { is: /flat|platen|glass|^normal$|document table/i, not: /adf|feeder|transparen|film|negative/i },
  feeder: { is: /adf|feed/i, not: /duplex|both|back|transparen/i },
  feeder_duplex: { is: /duplex|both sides|both/i, not: /transparen/i },
}

const MODES: Record<ScanMode, RegExp> = {
  lineart: /line ?art|black *(&|and|\/|-) *white|monochrome|binary|^1[ -]?bit|^mono$|text/i,
  grey: /gr[ae]y/i,
  colour: /colou?r/i,
}

const ALL_MODES = Object.keys(MODES) as ScanMode[]
const ALL_SOURCES = Object.keys(SOURCES) as ScanSource[]

/** An option the device has and offers now. */
function usable(options: Options, name: string): SaneOption | null {
  const option = options.get(name)
  return option?.active && option.settable ? option : null
}

/** Arguments that choose the source, or null where the device has none like it. */
export function sourceArgs(options: Options, source: ScanSource): string[] | null {
  const named = usable(options, 'source')
  const names = named?.kind === 'enum' ? named.values : []
  const { is, not } = SOURCES[source]
  const name = names.find((v) => is.test(v) && !not.test(v))
  if (name !== undefined) return [`--source=${name}`]
  if (source === 'flatbed') return names.length === 0 ? [] : null
  if (source === 'feeder') return null
  // Some backends keep "duplex" beside a plain feeder source.
  const feeder = sourceArgs(options, 'feeder')
  if (!feeder) return null
  if (options.get('duplex')?.kind === 'bool') return [...feeder, '--duplex=yes']
  const both = options.get('adf-mode')?.values.find((v) => /duplex/i.test(v))
  return both === undefined ? null : [...feeder, `--adf-mode=${both}`]
}

/** Arguments that choose the mode, or null where the device has none like it. */
export function modeArgs(options: Options, mode: ScanMode): string[] | null {
  const modes = usable(options, 'mode')
  // A device without the choice gives what it gives; the picture's own header says what came.
  if (!modes || modes.kind !== 'enum') return []
  const name = modes.values.find((v) => MODES[mode].test(v) && (mode === 'lineart' || !MODES.lineart.test(v)))
  const depth = usable(options, 'depth')
  const hasDepth = (bits: number): boolean =>
    depth?.kind === 'enum'
      ? depth.values.includes(String(bits))
      : depth?.kind === 'range' && depth.min <= bits && depth.max >= bits
  if (name === undefined) {
    const grey = mode === 'lineart' ? modes.values.find((v) => MODES.grey.test(v)) : undefined
    return grey !== undefined && hasDepth(1) ? [`--mode=${grey}`, '--depth=1'] : null
  }
  return mode !== 'lineart' && hasDepth(8) ? [`--mode=${name}`, '--depth=8'] : [`--mode=${name}`]
}

function dpiChoice(options: Options): DpiChoice {
  const option = usable(options, 'resolution')
  if (option?.kind === 'range') return { min: option.min, max: option.max, step: option.step || 1 }
  if (option?.kind === 'enum') return { values: option.values.map(Number).filter((v) => v > 0) }
  const fixed = Number.parseFloat(options.get('resolution')?.value ?? '')
  return { values: fixed > 0 ? [fixed] : [] }
}

/** What one source of a device can do; `options` are those the device offers with this source chosen. */
export function sourceCapabilities(options: Options, source: ScanSource): SourceCapabilities {
  const [x, y] = [options.get('x'), options.get('y')]
  return {
    source,
    modes: ALL_MODES.filter((mode) => modeArgs(options, mode) !== null),
    dpi: dpiChoice(options),
    maxArea: x?.kind === 'range' && y?.kind === 'range' ? { width: x.max, height: y.max } : null,
  }
}

/** The sources of ours that a device has. */
export function offeredSources(options: Options): ScanSource[] {
  return ALL_SOURCES.filter((source) => sourceArgs(options, source) !== null)
}

/** Names a request may set by hand: everything the device has but what the request says in our own words. */
export function freeOptions(options: Options): string[] {
  const ours = new Set(['source', 'mode', 'resolution', 'l', 't', 'x', 'y'])
  return [...options.values()].filter((o) => o.settable && !o.short && !ours.has(o.name)).map((o) => o.name)
}

/**
 * All device arguments of a job, and the resolution it will really have.
 * Errors: `unsupported` for a source, mode or option that the device does not have.
 */
export function scanArgs(options: Options, request: ScanRequest): { args: string[]; dpi: number } {
  const source = sourceArgs(options, request.source)
  if (!source) throw new ScanError('unsupported', `source ${request.source}`)
  const mode = modeArgs(options, request.mode)
  if (!mode) throw new ScanError('unsupported', `mode ${request.mode}`)
  const dpi = nearestDpi(dpiChoice(options), request.dpi)
  const resolution = usable(options, 'resolution') ? [`--resolution=${dpi}`] : []
  return {
    args: [...source, ...mode, ...resolution, ...areaArgs(options, request), ...extraArgs(options, request)],
    dpi,
  }
}

function areaArgs(options: Options, { area }: ScanRequest): string[] {
  const ends = ['l', 't', 'x', 'y'].map((name) => usable(options, name))
  if (ends.some((end) => end?.kind !== 'range')) return []
  const [, , x, y] = ends as SaneOption[]
  const wanted = area ?? { x: 0, y: 0, width: (x as SaneOption).max, height: (y as SaneOption).max }
  const width = Math.min(wanted.width, (x as SaneOption).max - wanted.x)
  const height = Math.min(wanted.height, (y as SaneOption).max - wanted.y)
  if (wanted.x < 0 || wanted.y < 0 || width <= 0 || height <= 0) throw new ScanError('unsupported', 'area')
  // Feeders of several backends cut to a sheet size of their own unless told.
  const sheet = [
    ['page-width', wanted.x + width],
    ['page-height', wanted.y + height],
  ] as const
  const sheetArgs = sheet.flatMap(([name, size]) => {
    const option = usable(options, name)
    return option?.kind === 'range' ? [`--${name}=${Math.min(option.max, size)}`] : []
  })
  return [...sheetArgs, '-l', String(wanted.x), '-t', String(wanted.y), '-x', String(width), '-y', String(height)]
}

function extraArgs(options: Options, request: ScanRequest): string[] {
  const allowed = new Set(freeOptions(options))
  return Object.entries(request.options ?? {}).map(([name, value]) => {
    if (!allowed.has(name)) throw new ScanError('unsupported', `option ${name}`)
    return `--${name}=${value}`
  })
}
