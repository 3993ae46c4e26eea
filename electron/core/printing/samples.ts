import type { SlipData, SlipKind } from './templates/data.ts'

const note = { library: '中国人民大学图书馆', printedAt: '2026-11-22 14:05', staff: '林老师', copyNo: 1 }

/** One realistic sample of each kind; requests are those of the 2020 paper's figure 3. */
export const SAMPLES: SlipData = {
  pullSlip: {
    ...note,
    requestNo: 'HG00003902',
    centreNo: 'zx0000434894',
    service: 'loan',
    urgent: true,
    title: '文化苦旅（修订本）',
    author: '余秋雨 著',
    part: '',
    year: '2019',
    volume: '全一册',
    issue: '',
    pages: '',
    standardNo: '978-7-5702-0820-3',
    callNumber: 'I267/YQY=2',
    location: '中文图书借阅区 三层 A12 架',
    partner: '北京化工大学图书馆',
    deliveryMethod: '物流送书',
    appliedAt: '2026-11-20 09:31',
    promiseAt: '2026-11-25',
    note: '读者希望尽快，如为第一版请先电话联系。',
    sheet: { n: 3, of: 12 },
  },
  bookSlip: {
    ...note,
    copyNo: 2,
    requestNo: 'HG00003902',
    title: '文化苦旅（修订本）',
    author: '余秋雨 著',
    volume: '全一册',
    year: '2019',
    callNumber: 'I267/YQY=2',
    barcode: '01234567',
    partner: '北京化工大学图书馆',
    reader: '张三丰',
    dueDate: '2026-12-22',
    deliveryMethod: '物流送书',
    conditions: '限馆内阅览，请勿复印全书；如需续借请于到期前三日提出。',
    returnTo: '中国人民大学图书馆 馆际互借处（东区 105 室）',
  },
  addressLabel: {
    ...note,
    to: {
      library: '北京化工大学图书馆',
      department: '信息咨询部',
      address: '北京市朝阳区北三环东路 15 号',
      postcode: '100029',
      contact: '王老师',
      phone: '010-6443 4785',
    },
    from: {
      library: '中国人民大学图书馆',
      department: '馆际互借处',
      address: '北京市海淀区中关村大街 59 号',
      postcode: '100872',
      contact: '林老师',
      phone: '010-6251 1370',
    },
    route: '2',
    code: 'HG00003902',
  },
  bagLabel: {
    ...note,
    bag: 'B-RUC-D1-204',
    seal: 'B20419',
    route: '2',
    from: '中国人民大学图书馆',
    to: '首都师范大学图书馆',
    items: 7,
    manifest: 'M-RUC-D1-2026-312',
    date: '2026-11-22',
  },
  contentsList: {
    ...note,
    bag: 'B-RUC-D1-204',
    seal: 'B20419',
    route: '2',
    from: '中国人民大学图书馆',
    to: '首都师范大学图书馆',
    items: [
      {
        requestNo: 'SD00001207',
        title: '教育心理学',
        volume: '',
        callNumber: 'G44/12=3',
        barcode: '00640021',
        reader: '李四',
      },
      {
        requestNo: 'SD00001211',
        title: '大学英语语法与练习：一本书名特别长的书，用来看看书名在表格里如何截断',
        volume: '上册',
        callNumber: 'H314/Z21:1',
        barcode: '01234566',
        reader: 'Anna Berg',
      },
      {
        requestNo: 'SD00001215',
        title: '现代汉语词汇学',
        volume: '',
        callNumber: 'H136/20',
        barcode: '00640876',
        reader: '欧阳文忠',
      },
    ],
  },
  manifest: {
    ...note,
    number: 'M-RUC-D1-2026-312',
    date: '2026-11-22',
    route: '线路 2',
    courier: '京邮物流',
    driver: '张师傅',
    from: '中国人民大学图书馆',
    bags: [
      {
        bag: 'B-RUC-D1-203',
        seal: 'B20418',
        to: '清华大学图书馆',
        items: [
          {
            requestNo: 'QH00009911',
            title: '渐变流',
            volume: '',
            callNumber: 'I247.5/88',
            barcode: '00871234',
            reader: '王小明',
          },
          {
            requestNo: 'QH00009912',
            title: '化工热力学（第 4 版）',
            volume: '',
            callNumber: 'TQ013.1/4',
            barcode: '00933102',
            reader: '赵六',
          },
        ],
      },
      {
        bag: 'B-RUC-D1-204',
        seal: 'B20419',
        to: '首都师范大学图书馆',
        items: [
          {
            requestNo: 'SD00001207',
            title: '教育心理学',
            volume: '',
            callNumber: 'G44/12=3',
            barcode: '00640021',
            reader: '李四',
          },
        ],
      },
    ],
  },
  separatorSheet: {
    ...note,
    requestNo: 'QH00012345',
    title: '基于深度学习的中文古籍版式分析与文字识别方法研究',
    partner: '清华大学图书馆',
    pages: '123-131, 140',
  },
  receipt: {
    ...note,
    what: 'pickup',
    code: 'P-00481516',
    person: '张三丰',
    items: [
      { requestNo: 'HG00003902', title: '文化苦旅（修订本）', dueDate: '2026-12-22' },
      { requestNo: 'HG00003903', title: '化工热力学（第 4 版）', dueDate: '2026-12-22' },
    ],
    note: '请妥善保管图书，按期归还。',
  },
  overdueNotice: {
    ...note,
    to: '北京化工大学图书馆',
    contact: '信息咨询部 王老师',
    date: '2026-11-22',
    reminder: 2,
    items: [
      {
        requestNo: 'HG00003401',
        title: '文化苦旅（修订本）',
        barcode: '01234567',
        dueDate: '2026-11-01',
        daysLate: 21,
      },
      { requestNo: 'HG00003417', title: '高分子化学', barcode: '00933102', dueDate: '2026-11-15', daysLate: 7 },
    ],
    reply: '馆际互借处 林老师 010-6251 1370',
  },
  blankManifest: {
    ...note,
    number: 'M-RUC-D1-2026-313',
    from: '中国人民大学图书馆',
    bags: ['B-RUC-D1-205', 'B-RUC-D1-206'],
  },
  coverPage: {
    ...note,
    requestNo: 'QH00012345',
    title: '基于深度学习的中文古籍版式分析与文字识别方法研究',
    author: '王明远; 李静',
    source: '版本目录学研究, 2024, 15(2)',
    pages: '123-131, 140',
    partner: '清华大学图书馆',
    date: '2026-11-22',
  },
}

/** A sample in the name of this library: what the editor of templates shows. */
export function sampleSlip<K extends SlipKind>(kind: K, library: string): SlipData[K] {
  const sample = SAMPLES[kind]
  return { ...sample, library, ...('from' in sample && typeof sample.from === 'string' ? { from: library } : {}) }
}

/** The slip that is printed to see whether a printer works; its number belongs to no request. */
export function testSlip(library: string): SlipData['pullSlip'] {
  return {
    ...sampleSlip('pullSlip', library),
    requestNo: 'TEST-0000',
    centreNo: 'TEST',
    title: '试打页，看过请丢弃 / Test page, to be thrown away',
    urgent: false,
  }
}
