/** Parts from which names, places and minutes are put together. Nobody in particular is meant. */
const each = (text: string) => [...text]
const list = (text: string) => text.trim().split(/\s+/)

export const SURNAMES = [
  ...each('王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任沈'),
  '欧阳',
  '司徒',
]
export const GIVEN_OF_MEN = each(
  '伟强磊军洋勇杰涛明超刚平辉鹏华飞鑫波斌宇浩凯健俊帆帅旭宁龙林欢佳诚铭哲远航晨泽楠峰岩松柏川岳毅恒',
)
export const GIVEN_OF_WOMEN = each(
  '芳娜敏静丽艳娟霞秀燕玲桂莹雪琳晶妍茜秋珊莎锦黛青倩婷姣婉娴瑾颖露瑶怡婵雁蓓纨仪荷丹蓉眉君琴蕊薇菁梦岚',
)
export const PLACES = list('甲川省青屿市 乙江省望湖市 丙山省临泽市 丁海省长滩市 戊原省白桦市 己水省云溪市')
export const STREETS = list('学府路 望江路 梧桐街 湖滨路 春晖巷 明德里')
export const MAJORS = {
  machines: '机械设计制造及其自动化',
  letters: '汉语言文学',
  medicine: '护理学',
  top: '公共管理',
} as const
/** Codes of GB/T 3304: Han most often, then a few of the larger groups. */
export const ETHNIC = [...Array.from({ length: 44 }, () => '01'), '02', '03', '08', '11', '15']

export const THEMES = [
  '学习新修订的制度文件，谈本职岗位怎么落实',
  '参观校史馆，讨论老一辈教师的治学与担当',
  '到社区开展义诊与家电维修志愿服务',
  '围绕教学质量，梳理群众反映的三件小事',
  '清明祭扫与入党誓词重温',
  '推进节约型校园建设，认领节能责任区',
  '毕业季谈心谈话与就业帮扶',
  '防汛与实验室安全隐患排查',
  '对照党章找差距，开展批评与自我批评',
  '迎接新生，党员志愿接站',
  '与共建村开展农产品推介',
  '总结全年工作，评议支部书记述职',
] as const
export const LESSONS = [
  '从一堂专业课看立德树人',
  '读懂党员的权利与义务',
  '怎样把意见提到点子上',
  '支部工作里的“小题大做”',
] as const
export const COMMITTEE_ITEMS = [
  '研究下月主题党日方案',
  '听取入党积极分子培养情况',
  '通报党费收缴情况',
  '安排困难党员走访',
] as const
export const PLACES_OF_MEETING = [
  '党员活动室',
  '学院一楼会议室',
  '图书馆研讨间 302',
  '工会之家',
  '教学楼 B107',
] as const
export const OPINIONS = [
  '结合自己的岗位谈了体会，建议把责任区贴到门上，谁负责、多久查一次都写清楚。',
  '反映晚自习教室灯光偏暗，已请后勤现场测量，建议两周内给出答复。',
  '认为学习材料偏长，建议会前三天发提纲，会上留足讨论时间。',
  '介绍了结对同学的近况，提出期中考试后再谈一次话。',
  '提议把志愿服务固定在每月第二个周六，便于值班同志调整。',
  '谈到退休同志不便到会，建议留两份大字版材料送上门。',
] as const
export const TASKS = [
  '整理会上意见，报学院办公室答复',
  '联系后勤确认照明改造时间',
  '更新党员责任区名单并张贴',
  '走访两名行动不便的老党员',
] as const
export const TALKS = [
  '肯定近期工作，提醒注意劳逸结合；反映实验室设备老旧，已记下。',
  '谈学习计划和职称准备，表示愿意承担新教师传帮带。',
  '了解家庭情况，老人住院，支部商量轮流帮忙。',
  '交换对支部工作的意见：活动形式可以更贴近业务。',
] as const
export const PROPOSALS = [
  ['讨论党员责任区的划分', '新进教师较多，原来的划分不够合理'],
  ['建议设立支部读书角', '多位同志反映学习资料不好借'],
] as const
export const STUDY_QUESTIONS = ['这次会议学习了哪些内容？', '与本职工作有什么联系？', '下一步打算怎么做？'] as const
export const STUDY_ANSWERS = [
  '学习了会议传达的文件和支部下阶段安排。',
  '教学和班主任工作都要落实立德树人的要求。',
  '把会议要求写进本学期工作计划，月底前完成走访。',
] as const
export const LEAVE_REASONS = ['外出参加学术会议', '当天值夜班', '身体不适，已就医', '带队实习，不在校内'] as const
export const NOTICES = [
  [
    '关于开展党员信息核对的通知',
    '请各支部在本月底前组织党员登录系统核对本人信息，发现有误的，由本人提出更正，支部初审后报学校党委审定。',
  ],
  ['关于做好党费收缴公示的通知', '请各支部于每季度首月 10 日前公示上季度党费收缴情况，公示期不少于五个工作日。'],
  ['关于规范会议记录的通知', '组织生活结束后七日内完成会议记录、签字和归档。逾期未归档的，系统会提醒支部书记。'],
] as const
