import { attribute, type IppAttribute } from '../ipp/message.ts'
import { mediaSize } from '../ipp/capabilities.ts'
import { OPERATION } from '../ipp/tags.ts'

/** What stays the same about a printer of ours while it runs. */
export interface PrinterIdentity {
  name: string
  /** `ipp://127.0.0.1:port/ipp/print` */
  uri: string
  uuid: string
  makeAndModel: string
  formats: readonly string[]
  media: readonly string[]
  pageRanges: boolean
  startedAt: number
}

/** What changes. */
export interface PrinterCondition {
  state: number
  reasons: readonly string[]
  message: string
  accepting: boolean
  queued: number
  changedAt: number
}

export const OPERATIONS = [
  OPERATION.printJob,
  OPERATION.validateJob,
  OPERATION.createJob,
  OPERATION.sendDocument,
  OPERATION.cancelJob,
  OPERATION.getJobAttributes,
  OPERATION.getJobs,
  OPERATION.getPrinterAttributes,
  OPERATION.cancelMyJobs,
  OPERATION.closeJob,
  OPERATION.identifyPrinter,
]

export const SIDES = ['one-sided', 'two-sided-long-edge', 'two-sided-short-edge']
export const COMPRESSIONS = ['none', 'gzip', 'deflate']
export const COPIES_MAX = 99

function sizeMembers(name: string): IppAttribute[] {
  const size = mediaSize(name)!
  return [
    attribute.integer('x-dimension', Math.round(size.widthMm * 100)),
    attribute.integer('y-dimension', Math.round(size.heightMm * 100)),
  ]
}

/**
 * Hundredths of a millimetre. Not zero: CUPS calls sizes without margins "A4.Borderless", finds no plain "A4" and prints
 * on Letter (seen with CUPS 2.4.2).
 */
const MARGIN = 1
const MARGINS = ['bottom', 'left', 'right', 'top']

function mediaCol(name: string): IppAttribute[] {
  const margins = MARGINS.map((side) => attribute.integer(`media-${side}-margin`, MARGIN))
  return [
    attribute.keyword('media-key', name),
    attribute.collection('media-size', sizeMembers(name)),
    ...margins,
    attribute.keyword('media-source', 'main'),
    attribute.keyword('media-type', 'stationery'),
  ]
}

function jobTemplate({ media, pageRanges }: PrinterIdentity): IppAttribute[] {
  const { keyword, enum: enums, range, boolean, integer, collection, dpi } = attribute
  return [
    range('copies-supported', 1, COPIES_MAX),
    integer('copies-default', 1),
    keyword('sides-supported', ...SIDES),
    keyword('sides-default', 'one-sided'),
    keyword('media-default', media[0]!),
    keyword('media-supported', ...media),
    keyword('media-ready', ...media),
    keyword('media-source-supported', 'main'),
    keyword('media-type-supported', 'stationery'),
    ...MARGINS.map((side) => integer(`media-${side}-margin-supported`, MARGIN)),
    keyword('media-col-supported', ...mediaCol(media[0]!).map((member) => member.name)),
    keyword('media-key-supported', ...media),
    collection('media-col-default', mediaCol(media[0]!)),
    collection('media-col-ready', ...media.map(mediaCol)),
    collection('media-size-supported', ...media.map(sizeMembers)),
    dpi('printer-resolution-supported', 300, 600),
    dpi('printer-resolution-default', 300),
    enums('print-quality-supported', 4, 5),
    enums('print-quality-default', 4),
    enums('orientation-requested-supported', 3, 4, 5, 6),
    enums('orientation-requested-default', 3),
    enums('finishings-supported', 3),
    enums('finishings-default', 3),
    keyword('output-bin-supported', 'face-down'),
    keyword('output-bin-default', 'face-down'),
    keyword('overrides-supported', 'document-number', 'pages'),
    keyword('print-color-mode-supported', 'auto', 'color', 'monochrome'),
    keyword('print-color-mode-default', 'auto'),
    keyword('print-content-optimize-supported', 'auto'),
    keyword('print-content-optimize-default', 'auto'),
    keyword('print-rendering-intent-supported', 'auto'),
    keyword('print-rendering-intent-default', 'auto'),
    keyword('print-scaling-supported', 'auto', 'fill', 'fit', 'none'),
    keyword('print-scaling-default', 'none'),
    keyword('multiple-document-handling-supported', 'separate-documents-collated-copies'),
    keyword('multiple-document-handling-default', 'separate-documents-collated-copies'),
    boolean('page-ranges-supported', pageRanges),
  ]
}

/** Job attributes a client may send; others are answered as unsupported. */
export const JOB_CREATION = [
  'copies',
  'sides',
  'media',
  'media-col',
  'finishings',
  'orientation-requested',
  'output-bin',
  'overrides',
  'print-color-mode',
  'print-content-optimize',
  'print-quality',
  'print-rendering-intent',
  'print-scaling',
  'printer-resolution',
  'multiple-document-handling',
  'job-name',
  'ipp-attribute-fidelity',
]

/** Every attribute of Get-Printer-Attributes (RFC 8011 section 5.4, PWG 5100.14 section 5). `now` is ms since 1970. */
export function describePrinter(identity: PrinterIdentity, condition: PrinterCondition, now: number): IppAttribute[] {
  const { keyword, boolean, integer, text, name, uri, mimeType, enum: enums, collection, dpi } = attribute
  const page = identity.uri.replace(/^ipp:/, 'http:').replace(/ipp\/print$/, '')
  // printer-up-time counts seconds from 1 (RFC 8011 section 5.4.29).
  const upTime = (at: number) => Math.max(1, Math.floor((at - identity.startedAt) / 1000) + 1)
  const commands = identity.formats.map((format) => FORMAT_NAMES[format] ?? '').filter(Boolean)
  return [
    attribute.charset('charset-configured', 'utf-8'),
    attribute.charset('charset-supported', 'utf-8'),
    attribute.naturalLanguage('natural-language-configured', 'en'),
    attribute.naturalLanguage('generated-natural-language-supported', 'en'),
    keyword('ipp-versions-supported', '1.1', '2.0'),
    keyword('ipp-features-supported', 'ipp-everywhere'),
    enums('operations-supported', ...OPERATIONS),
    keyword('compression-supported', ...COMPRESSIONS),
    mimeType('document-format-supported', ...identity.formats),
    mimeType('document-format-default', identity.formats[0]!),
    name('printer-name', identity.name),
    text('printer-info', identity.name),
    text('printer-location', ''),
    text('printer-make-and-model', identity.makeAndModel),
    text('printer-organization', ''),
    text('printer-organizational-unit', ''),
    text('printer-device-id', `MFG:BALIS;MDL:${identity.makeAndModel};CMD:${commands.join(',')};`),
    attribute.none('printer-geo-location', 'unknown'),
    uri('printer-uuid', `urn:uuid:${identity.uuid}`),
    uri('printer-more-info', page),
    uri('printer-supply-info-uri', page),
    uri('printer-icons', `${page}icon.png`),
    uri('printer-uri-supported', identity.uri),
    keyword('uri-security-supported', 'none'),
    keyword('uri-authentication-supported', 'none'),
    keyword('pdl-override-supported', 'attempted'),
    keyword('identify-actions-supported', 'display'),
    keyword('identify-actions-default', 'display'),
    keyword('job-creation-attributes-supported', ...JOB_CREATION, ...(identity.pageRanges ? ['page-ranges'] : [])),
    keyword('printer-get-attributes-supported', 'document-format'),
    keyword('which-jobs-supported', 'completed', 'not-completed', 'all'),
    boolean('job-ids-supported', true),
    boolean('preferred-attributes-supported', false),
    boolean('multiple-document-jobs-supported', false),
    integer('multiple-operation-time-out', 60),
    keyword('multiple-operation-time-out-action', 'abort-job'),
    boolean('color-supported', true),
    integer('pages-per-minute', 60),
    integer('pages-per-minute-color', 60),
    enums('printer-state', condition.state),
    keyword('printer-state-reasons', ...(condition.reasons.length > 0 ? condition.reasons : ['none'])),
    text('printer-state-message', condition.message),
    boolean('printer-is-accepting-jobs', condition.accepting),
    integer('queued-job-count', condition.queued),
    integer('printer-up-time', upTime(now)),
    attribute.dateTime('printer-current-time', now),
    integer('printer-state-change-time', upTime(condition.changedAt)),
    attribute.dateTime('printer-state-change-date-time', condition.changedAt),
    integer('printer-config-change-time', 1),
    attribute.dateTime('printer-config-change-date-time', identity.startedAt),
    { name: 'printer-supply', values: [{ tag: 'octetString', value: Buffer.from(SUPPLY) }] },
    text('printer-supply-description', 'Ink that never runs dry'),
    dpi('pwg-raster-document-resolution-supported', 300, 600),
    keyword('pwg-raster-document-sheet-back', 'normal'),
    keyword('pwg-raster-document-type-supported', 'black_1', 'sgray_8', 'srgb_8'),
    ...jobTemplate(identity),
    collection('media-col-database', ...identity.media.map(mediaCol)),
  ]
}

/** printer-supply in the words of PWG 5100.13; 100 % for a printer without ink. */
const SUPPLY = 'index=1;class=supplyThatIsConsumed;type=ink;unit=percent;maxcapacity=100;level=100;colorantname=black;'

const FORMAT_NAMES: Readonly<Record<string, string>> = {
  'application/pdf': 'PDF',
  'image/jpeg': 'JPEG',
  'image/pwg-raster': 'PWGRaster',
}

/** How names of job template attributes begin; `print-` does not match `printer-`. */
const TEMPLATE =
  /^(copies|sides|media|finishings|orientation|output-bin|overrides|print-|printer-resolution|multiple-document-handling|page-ranges)/

/** Keeps what `requested-attributes` asks for: names, `all`, `printer-description`, `job-template`. */
export function selectAttributes(all: IppAttribute[], requested: readonly string[]): IppAttribute[] {
  const wanted = new Set(requested)
  return all.filter(({ name }) => {
    if (wanted.has(name)) return true
    // media-col-database is only sent when it is named: it can be huge (RFC 8011, PWG 5100.7 section 6.9).
    if (name === 'media-col-database') return false
    if (wanted.size === 0 || wanted.has('all')) return true
    return TEMPLATE.test(name) ? wanted.has('job-template') : wanted.has('printer-description')
  })
}
