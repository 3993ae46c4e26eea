/** The annual summary (总结) as a document to go on writing in: our figures in sentences and tables, and room for the rest. */
import type { Dashboard, Evaluation } from '../../contract/core.contract.ts'
import type { Table } from '../sheets/table.ts'
import { label, type Language } from './labels.ts'

export interface YearFacts {
  library: string
  year: number
  score: Evaluation
  /** What we supplied, and what we asked for. */
  figures: Dashboard
  asked: Dashboard
}

/** Serif and sans faces that Word and WPS have on Chinese systems. */
const BODY = { ascii: 'Times New Roman', eastAsia: '宋体', hAnsi: 'Times New Roman' }

export async function summaryDocument(
  facts: YearFacts,
  tables: readonly Table<never>[],
  language: Language,
): Promise<Uint8Array> {
  const {
    Document,
    HeadingLevel,
    Packer,
    Paragraph,
    Table: Grid,
    TableCell,
    TableRow,
    TextRun,
    WidthType,
  } = await import('docx')
  const t = (key: string) => label(language, key)
  const heading = (text: string) => new Paragraph({ text, heading: HeadingLevel.HEADING_2, spacing: { before: 320 } })
  const paragraph = (text: string) => new Paragraph({ text, spacing: { after: 120, line: 360 } })
  const cell = (text: string, bold: boolean, right: boolean) =>
    new TableCell({
      children: [
        new Paragraph({ children: [new TextRun({ text, bold, size: 19 })], alignment: right ? 'right' : 'left' }),
      ],
      margins: { left: 80, right: 80, top: 40, bottom: 40 },
    })
  const grid = ({ columns, rows }: Table<never>) =>
    new Grid({
      width: { size: 100, type: WidthType.PERCENTAGE },
      rows: [
        new TableRow({
          tableHeader: true,
          children: columns.map((column) => cell(column.title, true, column.kind === 'number')),
        }),
        ...rows.map(
          (row) =>
            new TableRow({
              cantSplit: true,
              children: columns.map((column) => cell(String(column.of(row) ?? '—'), false, column.kind === 'number')),
            }),
        ),
      ],
    })
  const file = new Document({
    creator: facts.library,
    title: `${facts.year} ${t('annualSummary')}`,
    styles: { default: { document: { run: { font: BODY, size: 22 } } } },
    sections: [
      {
        children: [
          new Paragraph({ text: `${facts.library} ${facts.year} ${t('annualSummary')}`, heading: HeadingLevel.TITLE }),
          heading(t('document.work')),
          ...sentences(facts, language).map(paragraph),
          heading(t('document.written')),
          ...['document.trainings', 'document.photos', 'document.innovation'].flatMap((key) => [
            paragraph(`${t(key)}：`),
            paragraph(''),
          ]),
          ...tables.flatMap((table) => [heading(table.name), grid(table)]),
          paragraph(''),
          paragraph(t('source')),
        ],
      },
    ],
  })
  return new Uint8Array(await Packer.toArrayBuffer(file))
}

/** What the figures say, as one would write it. */
function sentences({ year, score, figures, asked }: YearFacts, language: Language): string[] {
  const { derived } = score
  const answered = figures.filled + figures.unfilled
  const share = answered === 0 ? '—' : `${((figures.filled / answered) * 100).toFixed(1)}%`
  const mean = figures.days.mean === null ? '—' : figures.days.mean.toFixed(2)
  return language === 'en'
    ? [
        `In ${year} our library received ${figures.received} requests from other members, filled ${figures.filled} and could not fill ${figures.unfilled} (${share} filled); ${figures.forwarded} were forwarded. The mean time to finish was ${mean} working days.`,
        `We supplied ${figures.pages} pages of copies and lent ${derived.lent} volumes. For our own readers we asked for ${asked.received} requests, of which ${asked.filled} were filled, for ${asked.readers} readers.`,
        `We held ${derived.sessions} training sessions with ${derived.attendees} attendees; ${derived.papers} tests, articles and hand-outs came of them.`,
        `By the published rules this makes ${score.deliveryTotal} points for document delivery and ${score.loanTotal} for interlibrary loan.`,
      ]
    : [
        `${year} 年，我馆共接收成员馆请求 ${figures.received} 件，满足 ${figures.filled} 件，不满足 ${figures.unfilled} 件，满足率 ${share}；转发 ${figures.forwarded} 件。平均完成时间 ${mean} 个工作日。`,
        `全年提供原文 ${figures.pages} 页，外借图书 ${derived.lent} 册。为本馆读者提交请求 ${asked.received} 件，满足 ${asked.filled} 件，服务读者 ${asked.readers} 人。`,
        `开展培训 ${derived.sessions} 次，参加 ${derived.attendees} 人次，收回试卷及产出文章、讲义 ${derived.papers} 份。`,
        `按评估办法自评：原文传递 ${score.deliveryTotal} 分，馆际互借 ${score.loanTotal} 分。`,
      ]
}
