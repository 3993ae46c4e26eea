/** What a library can take away from a slip or put in another order; the codes and numbers that work depends on stay. */
import type { SlipKind } from './data.ts'
import type { SlipStyle } from './style.ts'

export interface SlipField {
  id: string
  zh: string
  en: string
}

const field = (id: string, zh: string, en: string): SlipField => ({ id, zh, en })

const LISTED = [
  field('request', '申请单号', 'Request'),
  field('title', '题名 / 卷册', 'Title / volume'),
  field('callNumber', '索书号', 'Call no.'),
  field('barcode', '条码', 'Barcode'),
  field('reader', '读者', 'Reader'),
]

/** In the order as designed. */
export const FIELDS: Readonly<Record<SlipKind, readonly SlipField[]>> = {
  pullSlip: [
    field('centreNo', '中心编号', 'Centre number'),
    field('badges', '复制 / 借书、加急', 'Copy / loan, urgent'),
    field('callNumber', '索书号', 'Call number'),
    field('location', '馆藏地点', 'Location'),
    field('work', '题名、责任者、出处', 'Title, author, source'),
    field('partner', '申请馆', 'Requested by'),
    field('supplyBy', '应于此前提供', 'Supply by'),
    field('part', '页码 / 卷册', 'Pages / volume'),
    field('appliedAt', '申请日期', 'Applied'),
    field('standardNo', 'ISBN / ISSN', 'ISBN / ISSN'),
    field('delivery', '传递方式', 'Delivery'),
    field('note', '备注', 'Note'),
    field('outcome', '取书结果（勾选）', 'Outcome, to tick'),
  ],
  bookSlip: [
    field('partner', '借入馆', 'Borrowing library'),
    field('due', '应还日期', 'Due date'),
    field('work', '题名、责任者、卷册', 'Title, author, volume'),
    field('item', '条码与索书号', 'Barcode and call number'),
    field('reader', '读者', 'Reader'),
    field('returnTo', '还书至', 'Return to'),
    field('delivery', '传递方式', 'Delivery'),
    field('conditions', '使用条件', 'Conditions'),
  ],
  addressLabel: [
    field('person', '收件人、电话', 'Contact and phone'),
    field('code', '条码', 'Code'),
    field('route', '线路', 'Route'),
    field('from', '寄件人', 'Sender'),
  ],
  bagLabel: [
    field('route', '线路', 'Route'),
    field('seal', '封签', 'Seal'),
    field('items', '册数', 'Items'),
    field('date', '日期', 'Date'),
    field('from', '寄自', 'From'),
    field('manifest', '交接单', 'Manifest'),
  ],
  contentsList: LISTED,
  manifest: LISTED,
  blankManifest: [field('hint', '用法说明', 'How to use it')],
  receipt: [
    field('person', '读者 / 司机', 'Reader / driver'),
    field('request', '申请单号', 'Request'),
    field('due', '应还日期', 'Due date'),
    field('total', '册数', 'Items'),
    field('note', '说明', 'Note'),
  ],
  separatorSheet: [
    field('title', '题名', 'Title'),
    field('partner', '申请馆', 'Requested by'),
    field('pages', '页码', 'Pages'),
    field('largeCode', '页中大码', 'Large code'),
    field('hint', '用法说明', 'How to use it'),
  ],
  overdueNotice: [
    field('contact', '联系人', 'Contact'),
    field('request', '申请单号', 'Request'),
    field('title', '题名', 'Title'),
    field('barcode', '条码', 'Barcode'),
    field('due', '应还', 'Due'),
    field('days', '逾期天数', 'Days late'),
    field('reply', '回复方式', 'Whom to answer'),
  ],
  coverPage: [
    field('author', '责任者', 'Author'),
    field('source', '出处', 'Source'),
    field('partner', '申请馆', 'Requested by'),
    field('date', '提供日期', 'Supplied on'),
    field('notice', '版权声明', 'Copyright notice'),
  ],
}

/** Names of what this style shows of a kind, in its order; names of other kinds or versions are passed over. */
export function shownFields(kind: SlipKind, { fields }: SlipStyle): string[] {
  const all = FIELDS[kind].map(({ id }) => id)
  if (fields === null) return all
  return [...new Set(fields)].filter((id) => all.includes(id))
}
