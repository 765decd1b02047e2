import type { CourseColumn, CourseKind } from '@tongxin/contract'

/** What the invented courses say. `cards`: words, question, two answers with the right one first, explanation. */
export type InventedCourse = {
  readonly title: string
  readonly column: CourseColumn
  readonly kind: CourseKind
  readonly theme: string
  readonly lecturer: string
  readonly summary: string
  readonly isRequired: boolean
  readonly isPublic?: true
  readonly quarters: number
  readonly minutes: number
  readonly from: string
  readonly chapters: readonly (readonly [title: string, text: string])[]
  readonly cards?: readonly (readonly [text: string, question: string, right: string, wrong: string, why: string])[]
}

export const COURSES: readonly InventedCourse[] = [
  {
    title: '党章的结构与党员的义务权利',
    column: 'rules',
    kind: 'article',
    theme: '党章学习',
    lecturer: '罗安宁',
    summary: '从总纲到条款，读懂党员的八项义务、八项权利，以及履行义务和行使权利的关系。',
    isRequired: true,
    quarters: 4,
    minutes: 50,
    from: '根据《中国共产党章程》编写',
    chapters: [
      [
        '怎样读党章',
        '# 先看结构\n党章由**总纲**和各章条款组成。总纲回答党是什么、要干什么。\n\n- 先读总纲，理解性质和宗旨\n- 再读第一章，弄清党员条件\n- 结合工作，对照检查\n\n> 学党章，贵在对照。',
      ],
      [
        '党员的义务',
        '# 义务不是口号\n党员义务写在第三条。按月交纳党费、参加组织生活、完成党分配的任务，都是看得见的行动。\n\n1. 学习\n2. 执行\n3. 服务',
      ],
      [
        '党员的权利',
        '# 权利怎样行使\n党员有权参加会议、阅读文件、提出建议、进行批评。行使权利要在**组织内**、按**程序**进行。',
      ],
    ],
  },
  {
    title: '支部组织生活怎么开',
    column: 'rules',
    kind: 'article',
    theme: '组织生活',
    lecturer: '梁静怡',
    summary: '三会一课、主题党日、民主评议的频次、程序和常见问题。',
    isRequired: true,
    quarters: 4,
    minutes: 45,
    from: '根据支部工作有关条例编写',
    chapters: [
      [
        '三会一课的频次',
        '# 频次记清楚\n支部党员大会一般每季度一次，支委会一般每月一次，党小组会一般每月一次，党课按计划安排。',
      ],
      [
        '会前、会中、会后',
        '# 一场会的三段\n- 会前：议题、通知、材料\n- 会中：主持、发言、表决、记录\n- 会后：签字、归档、落实',
      ],
      [
        '常见问题',
        '# 对照检查\n记录不全、以会代训、应付了事，是检查中最常见的三类问题。**记录当天完成**，是最简单有效的改进。',
      ],
    ],
  },
  {
    title: '学习的方法：带着问题读原著',
    column: 'theory',
    kind: 'article',
    theme: '理论学习',
    lecturer: '沈亦凡',
    summary: '怎样选篇目、做笔记、组织讨论，把理论学习同本职工作结合起来。',
    isRequired: true,
    isPublic: true,
    quarters: 4,
    minutes: 60,
    from: '学校讲师团自编讲义',
    chapters: [
      ['选篇目', '# 少而精\n一个月读透一篇，好过一周翻完一本。选篇目先看**问题**，再看篇幅。'],
      ['做笔记', '# 三栏笔记\n左栏记原文，中栏记理解，右栏记打算怎么做。右栏空着，说明还没有读完。'],
      ['讨论会', '# 讨论不念稿\n每人带一个问题来，散会时带一个办法走。'],
    ],
  },
  {
    title: '调查研究入门',
    column: 'theory',
    kind: 'article',
    theme: '调查研究',
    lecturer: '罗安宁',
    summary: '从选题、提纲、访谈到成文，一次规范的调研怎样做。',
    isRequired: false,
    quarters: 3,
    minutes: 40,
    from: '学校讲师团自编讲义',
    chapters: [
      ['选题与提纲', '# 题目要小\n题目小，才能调查得深。提纲写**想知道什么**，不写结论。'],
      ['访谈与成文', '# 先听后问\n访谈先听对方说完。成文时，把数字和例子放在观点前面。'],
    ],
  },
  {
    title: '校史里的支部',
    column: 'history',
    kind: 'article',
    theme: '校史',
    lecturer: '校史馆',
    summary: '从第一个学生支部到今天，看基层组织怎样生长。',
    isRequired: false,
    isPublic: true,
    quarters: 2,
    minutes: 30,
    from: '校史馆展览文稿',
    chapters: [
      ['第一个学生支部', '# 五个人的支部\n最早的学生支部只有五名党员，记录本至今保存在校史馆。'],
      ['今天的支部', '# 数字之外\n支部多了，更要防止**有名无实**。每一个支部都要有人、有活动、有记录。'],
    ],
  },
  {
    title: '党史中的纪律故事',
    column: 'history',
    kind: 'article',
    theme: '党史',
    lecturer: '沈亦凡',
    summary: '几则广为人知的纪律故事，以及它们今天的意义。',
    isRequired: false,
    quarters: 2,
    minutes: 30,
    from: '根据公开出版物编写',
    chapters: [
      ['三大纪律的由来', '# 从一个红薯说起\n不拿群众一个红薯，是纪律最早的样子：具体、好懂、做得到。'],
      ['今天怎么讲纪律', '# 具体才有力\n把要求写成**做什么、不做什么**，比写成口号更管用。'],
    ],
  },
  {
    title: '读懂政府工作报告的三个角度',
    column: 'affairs',
    kind: 'article',
    theme: '时事政策',
    lecturer: '政策研究室',
    summary: '目标、任务、数字，三个角度快速读懂一份报告。',
    isRequired: false,
    quarters: 2,
    minutes: 25,
    from: '政策研究室导读',
    chapters: [
      ['看目标', '# 目标看变化\n和去年比，哪些目标变了，为什么变。'],
      ['看任务与数字', '# 任务看主体，数字看口径\n谁来做、何时完成、怎么统计，是读数字的三个问题。'],
    ],
  },
  {
    title: '基层党务工作实务：组织关系转接',
    column: 'work',
    kind: 'document',
    theme: '党务实务',
    lecturer: '梁静怡',
    summary: '介绍信、有效期、回执，转接全流程与常见差错。',
    isRequired: false,
    quarters: 3,
    minutes: 40,
    from: '组织部业务手册',
    chapters: [
      ['流程', '# 四步走\n1. 提出\n2. 审核\n3. 开具\n4. 接收与回执'],
      ['常见差错', '# 有效期最易忽视\n介绍信过期要重新开具。**毕业季提前一个月**核对去向。'],
    ],
  },
  {
    title: '支部书记上岗培训',
    column: 'work',
    kind: 'article',
    theme: '书记培训',
    lecturer: '罗安宁',
    summary: '新任支部书记的第一个月：清单、会议、谈心。',
    isRequired: true,
    quarters: 8,
    minutes: 90,
    from: '组织部培训讲义',
    chapters: [
      ['第一周', '# 先交接\n交接清单：名册、记录本、党费台账、印章、待办事项。'],
      ['第一个月', '# 再谈心\n一个月内和每名党员谈一次，带着问题去，记下承诺回来。'],
      ['第一场会', '# 开好第一场会\n议题不多于三个，时间不超过一个半小时。'],
    ],
  },
  {
    title: '身边的廉洁风险',
    column: 'integrity',
    kind: 'article',
    theme: '廉洁教育',
    lecturer: '纪检办公室',
    summary: '经费报销、招生招聘、采购验收三个场景的风险与提醒。',
    isRequired: true,
    quarters: 4,
    minutes: 45,
    from: '纪检办公室警示教育材料',
    chapters: [
      ['经费报销', '# 票据要真，事项要真\n虚列事项和虚开票据，性质一样严重。'],
      ['招生招聘', '# 回避先行\n亲属关系主动报告，评审不打招呼。'],
      ['采购验收', '# 验收不走过场\n谁签字，谁负责。'],
    ],
  },
  {
    title: '微课：党费的五个常识',
    column: 'rules',
    kind: 'micro',
    theme: '微课',
    lecturer: '党费管理岗',
    summary: '五分钟，五张卡片。',
    isRequired: false,
    quarters: 1,
    minutes: 5,
    from: '组织部自编微课',
    chapters: [],
    cards: [
      [
        '党员应当增强党员意识，主动按月交纳党费。',
        '党费一般怎样交？',
        '按月交纳',
        '年底一次交清',
        '遇特殊情况经支部同意可以提前交，但一般按月。',
      ],
      [
        '预备党员从支部大会通过其为预备党员之日起交纳党费。',
        '预备党员要交党费吗？',
        '要',
        '转正后才交',
        '从支部大会通过之日起交纳。',
      ],
      [
        '流动党员外出期间，向所在或流入地支部交纳党费。',
        '外出打工还要交党费吗？',
        '要',
        '不用',
        '党员身份不因外出而改变。',
      ],
    ],
  },
  {
    title: '微课：开会前三分钟',
    column: 'work',
    kind: 'micro',
    theme: '微课',
    lecturer: '梁静怡',
    summary: '会前检查，三张卡片。',
    isRequired: false,
    quarters: 1,
    minutes: 3,
    from: '组织部自编微课',
    chapters: [],
    cards: [
      [
        '先数人：应到、实到、请假，写在记录第一行。',
        '人数写在哪里？',
        '记录第一行',
        '会后补上',
        '开会时写，才不会错。',
      ],
      [
        '再对题：议题和通知一致，临时议题要说明。',
        '可以临时加议题吗？',
        '可以，但要说明',
        '随时都可以',
        '临时议题要在记录里说明理由。',
      ],
    ],
  },
]
