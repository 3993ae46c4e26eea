/**
 * The six requests of figure 3 of the 2023 study, as they arrive at the supplying desk: new, from 北京化工大学图书馆.
 * Numbers, titles and years are the figure's; pages, shelf marks and the split into copies and loans are this rehearsal's.
 */
import type { RequestRow } from '../../contract/centre.contract.ts'
import { requestRow } from '../request-row.ts'

const MINUTE = 60_000

export function figure3(now: number): RequestRow[] {
  const at = (minutes: number) => now - minutes * MINUTE
  const from = (centreNo: string) => ({ centreNo, partner: 'BUCT' })
  return [
    requestRow({
      id: 'HG00003897',
      service: 'loan',
      appliedAt: at(95),
      labels: ['上', '下'],
      fields: {
        ...from('zx0000433390'),
        title: '大学英语语法与练习 上',
        year: '2017',
        callNumber: 'H319.35/612',
        location: '总馆四层 外语书库',
        readerCategory: '本科生',
        readerKey: 'buct-r107',
      },
    }),
    requestRow({
      id: 'HG00003898',
      service: 'loan',
      appliedAt: at(81),
      labels: ['上册', '下册'],
      fields: {
        ...from('zx0000433822'),
        title: '渐变流',
        year: '1983',
        callNumber: 'O35/88',
        location: '总馆密集书库',
        readerCategory: '博士生',
        readerKey: 'buct-r112',
      },
    }),
    requestRow({
      id: 'HG00003899',
      service: 'copy',
      appliedAt: at(64),
      fields: {
        ...from('zx0000434571'),
        title: 'The Proceedings of the 5th Asia-Pacific Drying Conference: (In 2 Volumes)',
        articleTitle:
          'AN EXPERIMENTAL INVESTIGATION OF ATOMIZER RPM ON PARTICLE SIZE DISTRIBUTION IN SPRAY-DRIED PRODUCT',
        year: '2007',
        pages: '483-489',
        callNumber: 'TQ028.6-532/1',
        location: '总馆五层 外文书库',
        readerCategory: '硕士生',
        readerKey: 'buct-r112',
      },
    }),
    requestRow({
      id: 'HG00003900',
      service: 'copy',
      appliedAt: at(47),
      fields: {
        ...from('zx0000434619'),
        title: 'More Giving and Less Giving Up: The Role of Self-Signaling in Consumer Choice',
        articleTitle: 'More Giving and Less Giving Up: The Role of Self-Signaling in Consumer Choice',
        year: '2015',
        pages: '1-24',
        callNumber: 'F713.55/E31',
        location: '总馆五层 外文书库',
        readerCategory: '教师',
        readerKey: 'buct-t021',
      },
    }),
    requestRow({
      id: 'HG00003901',
      service: 'copy',
      appliedAt: at(22),
      fields: {
        ...from('zx0000434676'),
        title: '无人系统技术',
        journal: '无人系统技术',
        articleTitle: '可悬停扑翼飞行器研究现状与关键技术',
        year: '2023',
        volumeNo: '6',
        issueNo: '2',
        pages: '12-15',
        callNumber: 'V279/W1',
        location: '总馆二层 期刊阅览室',
        readerCategory: '博士生',
        readerKey: 'buct-r130',
      },
    }),
    requestRow({
      id: 'HG00003902',
      service: 'loan',
      appliedAt: at(8),
      fields: {
        ...from('zx0000434894'),
        title: '文化苦旅',
        edition: '修订本',
        author: '余秋雨',
        year: '2019',
        callNumber: 'I267/1034',
        location: '总馆三层 文学书库',
        readerCategory: '本科生',
        readerKey: 'buct-r141',
      },
    }),
  ]
}
