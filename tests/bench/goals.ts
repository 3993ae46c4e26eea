/** Every line that is measured, with its goal. Source: the project's design, "Goals that are measured". */
export interface Goal {
  id: string
  area: string
  what: string
  unit: string
  /** The comparison the value (or the ratio to the peer) must hold. */
  op: '<=' | '>=' | '<' | '='
  goal: number
  decides: 'value' | 'ratio'
}

const goal =
  (area: string) =>
  (id: string, what: string, op: Goal['op'], value: number, unit = '', decides: Goal['decides'] = 'value'): Goal => ({
    id,
    area,
    what,
    unit,
    op,
    goal: value,
    decides,
  })

const doc = goal('documents')
const scan = goal('scan')
const sync = goal('sync')
const ui = goal('ui')
const courier = goal('courier')
const print = goal('print')
const reports = goal('reports')
const holdings = goal('holdings')
const footprint = goal('footprint')

export const GOALS: readonly Goal[] = [
  doc('doc.grey.bytes.ocrmypdf', 'clean profile, grey text, bytes / ocrmypdf -O3', '<=', 0.15, 'bytes', 'ratio'),
  doc('doc.grey.bytes.gs', 'clean profile, grey text, bytes / gs /ebook', '<=', 0.3, 'bytes', 'ratio'),
  doc('doc.grey.bytes.g4', 'our JBIG2 / our own G4 on the same bitmap', '<=', 0.8, 'bytes', 'ratio'),
  doc('doc.grey.ssim', "likeness to the noise-free page minus the better peer's", '>=', 0, 'SSIM'),
  doc('doc.ocr.en', 'F1 of English words read from our output minus from the scan', '>=', -0.003, 'F1'),
  doc('doc.ocr.zh', 'F1 of Chinese bigrams read from our output minus from the scan', '>=', -0.003, 'F1'),
  doc('doc.colour.bytes.ocrmypdf', 'colour with figures, bytes / ocrmypdf', '<=', 0.18, 'bytes', 'ratio'),
  doc('doc.colour.ssim', "colour: likeness minus the better peer's", '>=', 0, 'SSIM'),
  doc('doc.paper.bytes.ocrmypdf', 'profile paper, bytes / ocrmypdf', '<=', 0.16, 'bytes', 'ratio'),
  doc('doc.paper.ssim', "profile paper: likeness to the scan minus ocrmypdf's", '>=', -0.01, 'SSIM'),
  doc('doc.speed.ocrmypdf', 'wall time, 2 workers, no OCR / ocrmypdf', '<=', 0.1, 'ms', 'ratio'),
  doc('doc.speed.gs', 'wall time, 2 workers, no OCR / gs', '<=', 1, 'ms', 'ratio'),
  doc('doc.memory.grey', 'memory at 100 grey pages', '<=', 300, 'MB'),
  doc('doc.memory.colour', 'memory at 100 colour pages', '<=', 450, 'MB'),
  doc('doc.memory.growth', 'memory at 500 pages / at 20 pages', '<=', 1.2, 'quotient'),
  doc('doc.encode.exact', 'pixels that differ in poppler, PDFium and ghostscript', '=', 0, 'pixels'),
  doc('doc.encode.ms', 'bilevel encoding of an A4 page at 300 dpi', '<=', 120, 'ms'),
  doc('doc.stamp.500', 'stamp 500 pages zh+en+QR / qpdf --overlay', '<=', 2, 'ms', 'ratio'),
  doc('doc.stamp.bytes', 'bytes of the stamped 500 pages / qpdf --overlay', '<=', 1.05, 'bytes', 'ratio'),
  doc('doc.stamp.linear', 'time for 2,415 pages / 500 pages', '<=', 5.5, 'quotient'),
  doc('doc.stamp.text', 'share of pages on which the stamp text is found', '=', 1, 'share'),
  doc('doc.stamp.ink', 'ink deviation from the unsubset font in two renderers', '<=', 0.01, 'share'),
  doc('doc.odd', 'odd files that end right', '=', 1, 'share'),
  doc('doc.ocrlayer.f1', 'F1 of our text layer minus native tesseract', '>=', -0.003, 'F1'),
  doc('doc.ocrlayer.time', 'time of our text layer / native tesseract', '<=', 1.8, 'ms', 'ratio'),

  scan('scan.deskew.p95', 'remaining skew on labelled pages', '<=', 0.2, 'degrees'),
  scan('scan.gutter.p95', 'gutter error on labelled spreads', '<=', 2, 'mm'),
  scan('scan.blank.wrong', 'wrong blank calls; any text page dropped fails it', '<=', 0.005, 'share'),
  scan('scan.separator.read', 'separators read at 200 dpi', '>=', 0.995, 'share'),
  scan('scan.separator.wrong', 'identities wrong', '=', 0, 'pages'),
  scan('scan.page.ms', 'all image work of one grey page at 300 dpi on one core', '<=', 250, 'ms'),
  scan('scan.toscreen.p95', "driver's last byte to visible page", '<=', 300, 'ms'),
  scan('scan.tosent', 'last page scanned to sent, 20 pages, hold 0', '<=', 3, 's'),
  scan('scan.memory.1000', 'memory of a 1,000-page job', '<=', 450, 'MB'),

  sync('sync.first.rows', 'first sync of 100,000 requests through HTTP', '>=', 8000, 'rows/s'),
  sync('sync.first.pouch', 'first sync of 20,000 rows / PouchDB', '>=', 3, 'rows/s', 'ratio'),
  sync('sync.action.p99', 'action reply while a first sync runs', '<=', 40, 'ms'),
  sync('sync.offline.settle', '500 actions against 2,000 changes, to empty outbox', '<=', 5, 's'),

  ui('ui.window.p99', 'queue window of 200 rows at any place, 100,000 requests', '<=', 12, 'ms'),
  ui('ui.search.core.p95', 'search in core, 100,000 requests', '<=', 25, 'ms'),
  ui('ui.search.paint.p95', 'search to paint, 100,000 requests', '<=', 60, 'ms'),
  ui('ui.search.million', 'search in core, 1,000,000 requests', '<=', 120, 'ms'),
  ui('ui.window.million', 'queue window, 1,000,000 requests', '<=', 60, 'ms'),
  ui('ui.scroll.frame', 'longest frame while scrolling 100,000 rows', '<=', 33, 'ms'),
  ui('ui.open.p95', 'opening a request to paint', '<=', 60, 'ms'),
  ui('ui.start', 'start to usable queue at 10,000 requests / empty Electron window', '<=', 1.6, 'ms', 'ratio'),
  ui('ui.main.task', 'longest main-process task after first paint', '<=', 50, 'ms'),

  courier('courier.scan.p95', 'barcode to answer at 50,000 open loans', '<=', 50, 'ms'),
  print('print.slip.ms', '1,000 slips rendered, each', '<=', 20, 'ms'),
  print('print.memory', 'growth of memory over 1,000 slips', '<=', 1.1, 'quotient'),
  reports('reports.paint', 'dashboard over 1,000,000 requests', '<=', 300, 'ms'),
  reports('reports.drill', 'from a bar to its rows', '<=', 400, 'ms'),
  reports('reports.queue', 'queue window while figures of 1,000,000 requests are counted, p99', '<=', 50, 'ms'),
  holdings('holdings.precision', '500 labelled requests against 20,000 records', '>=', 0.98, 'share'),
  holdings('holdings.recall', '500 labelled requests against 20,000 records', '>=', 0.9, 'share'),
  footprint('footprint.idle.cpu', 'core share when idle', '<', 0.01, 'share'),
  footprint('footprint.memory', 'PSS idle / empty Electron app', '<=', 1.6, 'MB', 'ratio'),
  footprint('footprint.glibc', 'highest GLIBC symbol in the Linux package', '<=', 2.28, 'version'),
]

/** The verdict on a measured value; a line that was not measured is not met. */
export function isMet(goalLine: Goal, value: number | null, ratio: number | null): boolean {
  const decisive = goalLine.decides === 'ratio' ? ratio : value
  if (decisive === null || Number.isNaN(decisive)) return false
  switch (goalLine.op) {
    case '<=':
      return decisive <= goalLine.goal
    case '<':
      return decisive < goalLine.goal
    case '>=':
      return decisive >= goalLine.goal
    case '=':
      return decisive === goalLine.goal
  }
}
