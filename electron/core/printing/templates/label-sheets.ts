/** A sheet of labels, or of slips to be cut apart. Positions count from 1, left to right, then down. */
export interface LabelSheet {
  widthMm: number
  heightMm: number
  columns: number
  rows: number
  /** Upper left corner of the first label. */
  leftMm: number
  topMm: number
  labelWidthMm: number
  labelHeightMm: number
  /** From one label's left (top) edge to the next. */
  pitchXMm: number
  pitchYMm: number
  marginMm: number
  /** Dashed lines to cut along; ready-cut labels have none. */
  cutLines: boolean
  media: string
}

const A4 = { widthMm: 210, heightMm: 297, media: 'iso_a4_210x297mm' }

function grid(columns: number, rows: number, label: [w: number, h: number], corner: [x: number, y: number], gap = 0) {
  const [labelWidthMm, labelHeightMm] = label
  const [leftMm, topMm] = corner
  const pitch = { pitchXMm: labelWidthMm + gap, pitchYMm: labelHeightMm }
  return { ...A4, columns, rows, leftMm, topMm, labelWidthMm, labelHeightMm, ...pitch, marginMm: 3, cutLines: false }
}

/** Label sheets that shops sell (measures of the makers), and slips to cut from A4. */
export const LABEL_SHEETS = {
  /** 99.1 x 38.1 mm, 14 a sheet (Avery L7163 and equals). */
  labels14: grid(2, 7, [99.1, 38.1], [4.65, 15.15], 2.5),
  /** 99.1 x 67.7 mm, 8 a sheet (Avery L7165 and equals). */
  labels8: grid(2, 4, [99.1, 67.7], [4.65, 13.1], 2.5),
  /** 99.1 x 139 mm, 4 a sheet (Avery L7169 and equals). */
  labels4: grid(2, 2, [99.1, 139], [4.65, 9.5], 2.5),
  /** Four A6 slips on A4, cut along the dashes. */
  slips4: { ...grid(2, 2, [105, 148.5], [0, 0]), marginMm: 7, cutLines: true },
} satisfies Record<string, LabelSheet>
export type LabelSheetName = keyof typeof LABEL_SHEETS
