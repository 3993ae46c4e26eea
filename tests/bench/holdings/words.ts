/** What the invented works are made of. Not the seed's words: the labelled set is to surprise the matcher. */
export const SUBJECTS = [...new Set(
  `中国古代史 中国近代史 中国现代史 世界近代史 世界现代史 大学物理 大学化学 无机化学 有机化学 分析化学 物理化学 结构化学 高等数学 高等代数 线性代数 概率论与数理统计
  数值分析 复变函数 实变函数 泛函分析 微分几何 数据结构 操作系统 编译原理 计算机网络 计算机组成 数字逻辑 信号与系统 自动控制原理 电路分析 模拟电子技术 数字电子技术
  电磁场与电磁波 通信原理 移动通信 机械设计 机械原理 机械制图 材料力学 理论力学 结构力学 流体力学 热力学 传热学 工程材料 土力学 钢结构 混凝土结构 测量学 城市规划
  宏观经济学 微观经济学 政治经济学 计量经济学 国际贸易 国际金融 货币银行学 财政学 会计学 审计学 管理学 市场营销 人力资源管理 财务管理 民法 刑法 商法 行政法 宪法 国际法
  法理学 诉讼法 社会学 人类学 民俗学 心理学 教育学 语言学 文字学 音韵学 训诂学 文艺学 美学 伦理学 逻辑学 唐诗 宋词 元曲 明清小说 现代小说 当代散文 外国文学 比较文学
  新闻学 传播学 图书馆学 情报学 档案学 目录学 版本学 植物学 动物学 微生物学 生物化学 细胞生物学 遗传学 生态学 生理学 解剖学 病理学 药理学 诊断学 内科学 外科学 中医学
  针灸学 护理学 土壤学 作物栽培 园艺 林学 畜牧学 水产 食品化学 食品工艺 气象学 海洋学 地质学 地理学 天文学 考古学 敦煌学 红学`.split(/\s+/),
)] // prettier-ignore
export const FORMS = ['', '', '', '概论', '导论', '教程', '原理', '基础', '通论', '讲义', '研究', '史', '简明教程', '学习指导', '习题集', '习题解答', '实验', '案例', '与应用', '专题', '十讲', '论稿', '新编'] // prettier-ignore
export const PLACES = ['', '', '', '', '新编', '现代', '当代', '中国', '西方', '应用', '工程', '简明', '大学'] // prettier-ignore
export const SUBTITLES = ['理论与实践', '从入门到精通', '方法与案例', '传统与变革', '历史与文化', '问题与对策', '结构与功能', '第三次浪潮', '一个跨学科的视角', '基于证据的分析', '文本与语境'] // prettier-ignore
export const SURNAMES = [...'赵钱孙李周吴郑王冯陈蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛范彭鲁韦马方任袁柳'] // prettier-ignore
export const GIVEN = [...'文武英雄志国建华明德思齐若水云山海川春夏秋冬兰竹梅松柏玉成立本源宏伟远达通宁静平安康乐天子晓晨'] // prettier-ignore
export const PRESSES = ['高等教育出版社', '清华大学出版社', '北京大学出版社', '科学出版社', '中华书局', '商务印书馆', '人民出版社', '机械工业出版社', '上海古籍出版社', '三联书店'] // prettier-ignore
export const EN_HEADS = ['Introduction to', 'Principles of', 'Foundations of', 'Handbook of', 'Elements of', 'A History of', 'Advanced', 'Modern', 'Applied', 'The Theory of', 'Lectures on', 'Problems in'] // prettier-ignore
export const EN_SUBJECTS = ['Linear Algebra', 'Real Analysis', 'Organic Chemistry', 'Fluid Mechanics', 'Solid State Physics', 'Quantum Mechanics', 'Operating Systems', 'Computer Networks', 'Information Retrieval', 'Machine Learning', 'Microeconomics', 'Macroeconomics', 'Econometrics', 'International Law', 'Political Theory', 'Social Anthropology', 'Cognitive Psychology', 'Medieval History', 'Comparative Literature', 'Phonology', 'Syntax', 'Library Science', 'Molecular Biology', 'Plant Physiology', 'Human Anatomy', 'Pathology', 'Soil Mechanics', 'Structural Engineering', 'Heat Transfer', 'Control Theory'] // prettier-ignore
export const EN_SUBTITLES = ['A Practical Approach', 'Theory and Applications', 'An Integrated Course', 'Concepts and Cases', 'With Worked Examples', 'A Critical Introduction'] // prettier-ignore
export const EN_NAMES = ['Abbott', 'Baker', 'Carver', 'Dalton', 'Ellison', 'Fischer', 'Garner', 'Holmes', 'Ingram', 'Jensen', 'Keller', 'Larsen', 'Morgan', 'Norris', 'Osborne', 'Palmer', 'Quincey', 'Ramsey', 'Sherwood', 'Thornton', 'Underhill', 'Vaughan', 'Whitfield', 'Young'] // prettier-ignore
export const EN_GIVEN = ['Alice', 'Brian', 'Carol', 'Daniel', 'Edith', 'Frank', 'Grace', 'Henry', 'Irene', 'James', 'Karen', 'Leonard', 'Maria', 'Nathan', 'Olivia', 'Peter'] // prettier-ignore
export const EN_PRESSES = ['Cambridge University Press', 'Springer', 'Wiley', 'McGraw-Hill', 'Oxford University Press', 'Elsevier'] // prettier-ignore
export const JOURNAL_ENDS = ['学报', '研究', '杂志', '通报', '进展', '学报(自然科学版)', '学报(社会科学版)', '评论', '论坛'] // prettier-ignore
/** Characters that input methods and eyes mistake for each other. */
export const CONFUSED: Readonly<Record<string, string>> = { 学: '雪', 论: '轮', 原: '源', 理: '里', 程: '成', 机: '机', 计: '记', 设: '社', 数: '术', 据: '居', 历: '厉', 史: '使', 国: '过', 代: '带', 经: '径', 济: '计', 法: '发', 文: '问', 化: '画', 物: '务', 生: '声', 管: '官', 电: '店', 力: '立', 热: '惹', 基: '机', 础: '楚', 教: '叫', 新: '心', 编: '遍', 概: '慨', 导: '倒', 研: '言', 究: '就', 心: '新', 社: '设', 民: '名', 音: '因' } // prettier-ignore
export const TRADITIONAL: Readonly<Record<string, string>> = { 国: '國', 学: '學', 论: '論', 计: '計', 机: '機', 电: '電', 经: '經', 济: '濟', 历: '歷', 数: '數', 导: '導', 编: '編', 础: '礎', 设: '設', 实: '實', 验: '驗', 应: '應', 传: '傳', 会: '會', 语: '語', 义: '義', 书: '書', 图: '圖', 馆: '館', 药: '藥', 医: '醫' } // prettier-ignore
