/** Words that plausible titles, names and shelf marks are made of. Invented records; no real bibliography is claimed. */

/** Subject, class of the Chinese Library Classification. */
// prettier-ignore
export const SUBJECTS_ZH: readonly [subject: string, clc: string][] = [
  ['人工智能', 'TP18'], ['机器学习', 'TP181'], ['深度学习', 'TP183'], ['无人机', 'V279'], ['扑翼飞行器', 'V276'], ['数字图书馆', 'G250.76'],
  ['馆际互借', 'G252.4'], ['文献传递', 'G252.6'], ['信息检索', 'G254.9'], ['古籍整理', 'G256.1'], ['宋代文学', 'I206.2'], ['唐诗', 'I207.22'],
  ['红楼梦', 'I207.411'], ['现代散文', 'I267'], ['当代小说', 'I247.5'], ['近代史', 'K25'], ['明清史', 'K248'], ['丝绸之路', 'K928.6'],
  ['考古学', 'K87'], ['语言学', 'H0'], ['汉语语法', 'H146'], ['英语教学', 'H319'], ['翻译理论', 'H059'], ['宏观经济', 'F015'],
  ['区域经济', 'F127'], ['数字金融', 'F832'], ['绿色金融', 'F830'], ['企业管理', 'F272'], ['消费者行为', 'F713.5'], ['会计准则', 'F233'],
  ['民法典', 'D923'], ['刑法学', 'D924'], ['国际法', 'D99'], ['行政法', 'D922.1'], ['社会学', 'C91'], ['人口老龄化', 'C924'],
  ['乡村振兴', 'F320'], ['马克思主义哲学', 'B0-0'], ['中国哲学史', 'B2'], ['西方美学', 'B83'], ['认知心理学', 'B842'], ['高等教育', 'G64'],
  ['职业教育', 'G71'], ['体育产业', 'G80'], ['新闻传播', 'G210'], ['新媒体', 'G206'], ['分析化学', 'O65'], ['有机合成', 'O62'],
  ['高分子材料', 'TB324'], ['流体力学', 'O35'], ['量子信息', 'O413'], ['拓扑学', 'O189'], ['概率论', 'O211'], ['数值分析', 'O241'],
  ['锂离子电池', 'TM912'], ['智能电网', 'TM76'], ['新能源汽车', 'U469'], ['轨道交通', 'U239'], ['桥梁工程', 'U44'], ['混凝土结构', 'TU37'],
  ['城市规划', 'TU984'], ['园林设计', 'TU986'], ['水污染控制', 'X52'], ['大气环境', 'X51'], ['油气储运', 'TE8'], ['喷雾干燥', 'TQ028'],
  ['食品安全', 'TS201'], ['植物病理', 'S432'], ['动物医学', 'S85'], ['临床护理', 'R473'], ['中医药', 'R2'], ['肿瘤免疫', 'R73'],
  ['公共卫生', 'R1'], ['移动通信', 'TN929.5'], ['网络安全', 'TP393.08'], ['大数据', 'TP311.13'],
]
// prettier-ignore
export const SUBJECTS_EN: readonly [subject: string, clc: string][] = [
  ['consumer choice', 'F713.5'], ['spray drying', 'TQ028'], ['flapping-wing flight', 'V276'], ['machine learning', 'TP181'], ['graph neural networks', 'TP183'],
  ['information retrieval', 'G254.9'], ['library cooperation', 'G252'], ['quantum computing', 'O413'], ['algebraic topology', 'O189'], ['fluid dynamics', 'O35'],
  ['polymer chemistry', 'O63'], ['lithium batteries', 'TM912'], ['smart grids', 'TM76'], ['urban planning', 'TU984'], ['water treatment', 'X703'],
  ['plant pathology', 'S432'], ['cancer immunology', 'R73'], ['nursing practice', 'R473'], ['international law', 'D99'], ['monetary policy', 'F820'],
  ['corporate governance', 'F276'], ['second language acquisition', 'H0'], ['comparative literature', 'I0'], ['medieval history', 'K13'], ['cultural heritage', 'G11'],
  ['social networks', 'C912'], ['population ageing', 'C924'], ['moral philosophy', 'B82'], ['cognitive psychology', 'B842'], ['wireless sensor networks', 'TN929.5'],
]
// prettier-ignore
export const ASPECTS_ZH = [
  '发展现状', '关键技术', '理论基础', '实证', '影响因素', '评价体系', '优化方法', '路径选择', '风险管理', '教学改革', '国际比较', '案例', '政策演变', '应用前景',
  '数值模拟', '实验', '机理', '建模', '创新模式', '服务质量', '协同机制', '可持续发展', '历史考察', '文本', '传播', '质量控制', '仿真', '结构设计', '性能', '治理',
]
export const FORMS_ZH = ['研究', '分析', '探析', '综述', '初探', '述评', '新论', '进展', '问题与对策', '的实践与思考']
export const BOOKS_ZH = ['概论', '导论', '教程', '原理', '史', '手册', '研究', '十讲', '通论', '译丛', '文集', '与实践']
// prettier-ignore
export const ASPECTS_EN = [
  'A survey of', 'Advances in', 'An experimental investigation of', 'On the theory of', 'Modelling and simulation of', 'A comparative study of', 'The role of culture in',
  'Evidence from China on', 'New methods for', 'The economics of', 'Policy implications of', 'A critical review of', 'Applications of', 'Uncertainty in', 'The history of',
]
export const BOOKS_EN = [
  'Introduction to',
  'Handbook of',
  'Principles of',
  'Foundations of',
  'Readings in',
  'A Companion to',
]
// prettier-ignore
export const JOURNALS_ZH = ['学报(自然科学版)', '学报(社会科学版)', '研究', '科学', '技术', '通报', '学刊', '评论', '论坛', '进展']
export const JOURNALS_EN = ['Journal of', 'International Review of', 'Annals of', 'Proceedings on', 'Letters in']
export const PLACES_ZH = ['北京', '中国', '华北', '当代', '现代', '东方', '国际', '首都']
export const SURNAMES_ZH = [
  ...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜',
]
export const GIVEN_ZH = [...'伟芳娜敏静丽强磊军洋勇艳杰涛明超秀霞平刚桂英华文玉建国春梅红兰志新海波宁辉鹏飞雪琳晓东亮']
export const NAMES_EN = [
  'Smith',
  'Johnson',
  'Miller',
  'Garcia',
  'Tanaka',
  'Müller',
  'Rossi',
  'Novak',
  'Kim',
  'Singh',
  'Brown',
  'Wilson',
  'Martin',
  'Silva',
  'Olsen',
  'Dubois',
]
export const PUBLISHERS_ZH = [
  '高等教育出版社',
  '科学出版社',
  '商务印书馆',
  '中华书局',
  '人民出版社',
  '机械工业出版社',
  '清华大学出版社',
  '北京大学出版社',
  '中国人民大学出版社',
  '化学工业出版社',
]
export const PUBLISHERS_EN = [
  'Springer',
  'Wiley',
  'Elsevier',
  'Routledge',
  'Cambridge University Press',
  'Oxford University Press',
]
export const LOCATIONS = [
  '总馆二层 期刊阅览室',
  '总馆三层 文学书库',
  '总馆三层 社科书库',
  '总馆四层 外语书库',
  '总馆四层 科技书库',
  '总馆五层 外文书库',
  '总馆密集书库',
  '分馆法学书库',
]
export const CATEGORIES = ['本科生', '硕士生', '博士生', '教师', '研究员']
