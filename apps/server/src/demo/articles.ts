import { todayOf } from '../platform/clock.ts'
import type { Desk } from './desk.ts'
import type { Plan, Stage } from './staffing.ts'
import { at } from './virtual-time.ts'

const DAY = 86_400_000
type Made = { id: string; version: number }
type Hands = { readonly editor: Desk; readonly reviewer: Desk; readonly finisher: Desk }
type Draft = { readonly columnId: string; readonly orgId: string; readonly text: object }

const ago = (stage: Stage, days: number): Date => new Date(stage.now.getTime() - days * DAY)
const dayAgo = (stage: Stage, days: number): string => todayOf(ago(stage, days))

const paragraph = (text: string) => ({ type: 'paragraph', content: [{ type: 'text', text }] })
const heading = (text: string) => ({ type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text }] })
const points = (...texts: readonly string[]) => ({
  type: 'bulletList',
  content: texts.map((text) => ({ type: 'listItem', content: [paragraph(text)] })),
})
const row = (type: 'tableHeader' | 'tableCell', ...texts: readonly string[]) => ({
  type: 'tableRow',
  content: texts.map((text) => ({ type, content: [paragraph(text)] })),
})
const doc = (...content: readonly object[]) => ({ type: 'doc', content })

/** Columns, a year of articles, some of them corrected, pinned or still on their way, and what people say about them. */
export async function publishArticles(stage: Stage, plan: Plan): Promise<void> {
  const [editor, reviewer] = stage.desks.allOfPost('party_worker', stage.rootId)
  if (!editor || !reviewer) return
  const hands = { editor, reviewer, finisher: stage.desks.ofPost('committee_admin', stage.rootId) }
  const columns = await at(ago(stage, 360), () => makeColumns(stage, hands.finisher))
  await tellNews(stage, plan, hands, columns.news)
  await openMatters(stage, hands, columns.openness)
  await showPeople(stage, plan, hands, columns.showcase)
  await onTheirWay(stage, hands, columns)
}

type Columns = Readonly<Record<'news' | 'openness' | 'showcase' | 'inner', string>>
async function makeColumns(stage: Stage, desk: Desk): Promise<Columns> {
  const make = async (kind: string, name: string, note: string, more: object) => {
    const body = { orgId: stage.rootId, kind, name, note, linkHosts: [], ...more }
    return (await desk<Made>('POST', '/columns', body)).id
  }
  return {
    news: await make('news', '要闻动态', '委员会和各支部的工作', { audience: 'public', comments: 'pre', position: 1 }),
    inner: await make('news', '学习交流', '党员之间的心得', { audience: 'signed_in', comments: 'post', position: 2 }),
    openness: await make('openness', '党务公开', '按目录公开的事项', {
      audience: 'public',
      comments: 'none',
      position: 3,
    }),
    showcase: await make('showcase', '先锋风采', '身边的榜样', { audience: 'public', comments: 'pre', position: 4 }),
  }
}

const sourceOf = (on: string) => ({
  unit: '委员会宣传部',
  evidence: '核对会议记录、签到表和现场照片，与承办支部书记确认',
  checker: '罗安宁',
  checkedOn: on,
})

/** From the first line to the release, a day later. */
async function release(stage: Stage, days: number, hands: Hands, draft: Draft): Promise<string> {
  const { editor, reviewer, finisher } = hands
  const { id } = await at(ago(stage, days + 1), () => editor<Made>('POST', '/articles', draft))
  await at(ago(stage, days + 1), () => editor('POST', `/articles/${id}/submit`, {}))
  await at(ago(stage, days), () => reviewer('POST', `/articles/${id}/review`, { isPassed: true }))
  await at(ago(stage, days), () => finisher('POST', `/articles/${id}/finish`, { isPassed: true }))
  return id
}

const NEWS: readonly (readonly [title: string, summary: string, body: string])[] = [
  [
    '各支部召开组织生活会',
    '认真开展批评和自我批评',
    '各支部围绕年度主题开展谈心谈话，查摆问题，列出整改清单，并确定完成时间。',
  ],
  [
    '委员会部署全年党建工作',
    '把责任落实到每个支部',
    '会议部署全年重点任务，要求各支部把“三会一课”开好，把联系群众做实。',
  ],
  ['党员志愿服务进社区', '三十余名党员参加', '党员志愿者走进社区，帮助老人学习使用手机，整理楼道杂物，听取居民意见。'],
  ['举办入党积极分子培训班', '四十名学员结业', '培训班安排集中授课、分组讨论和实践活动，学员经考试合格后结业。'],
  ['图书馆党员先锋岗开放', '为师生延长服务时间', '党员教师轮流值守，为师生查找资料、预约座位提供帮助。'],
  ['“七一”主题党日活动举行', '重温入党誓词', '党员集体重温入党誓词，听老党员讲述亲身经历，并为困难群众捐书。'],
  ['支部书记培训会召开', '讲清楚怎样开好组织生活', '培训会结合实例讲解会议的准备、记录和整改跟踪，现场回答问题。'],
  ['开学第一课走进教室', '委员会成员为新生讲课', '委员会成员结合学校历史和自身成长，为新生讲授开学第一课。'],
  ['全民国防教育活动开展', '增强国防意识', '各支部组织观看展览、听取讲座，讨论新时代青年的责任。'],
  ['冬季走访慰问启动', '把温暖送到家', '各支部走访离退休党员和困难群众，了解身体状况和生活需要，逐户登记。'],
]

async function tellNews(stage: Stage, plan: Plan, hands: Hands, columnId: string): Promise<void> {
  let last = ''
  for (const [place, [title, summary, body]] of NEWS.entries()) {
    const days = 340 - place * 36
    const document = doc(paragraph(body), heading('主要做法'), points('提前听取意见', '安排专人负责', '结果向群众公开'))
    const text = {
      title,
      summary,
      author: '罗安宁',
      origin: 'original',
      document,
      source: sourceOf(dayAgo(stage, days + 1)),
    }
    last = await release(stage, days, hands, { columnId, orgId: stage.rootId, text })
  }
  await at(ago(stage, 10), () => hands.finisher('POST', `/articles/${last}/pin`, { isPinned: true }))
  await correctOne(stage, hands, last)
  for (const branch of plan.branches.slice(0, 4)) await branchNews(stage, branch, hands.finisher, columnId)
  const reader = plan.branches[0]?.people.find(({ memberId }) => stage.desks.ofMember(memberId))
  const phone = reader && stage.desks.ofMember(reader.memberId)
  if (phone)
    await at(ago(stage, 5), () =>
      phone('POST', `/my/articles/${last}/comments`, { words: '走访时也请看看独居的老党员。' }),
    )
}

/** What was told wrongly is put right, and says so. */
async function correctOne(stage: Stage, { editor, reviewer, finisher }: Hands, id: string): Promise<void> {
  const note = '走访户数由 58 户更正为 62 户'
  await at(ago(stage, 8), () => editor('POST', `/articles/${id}/correct`, { note }))
  const { text, version } = await at(ago(stage, 8), () =>
    editor<{ text: { document: { content: object[] } }; version: number }>('GET', `/articles/${id}`),
  )
  const document = doc(...text.document.content, paragraph('目前已走访 62 户。'))
  await at(ago(stage, 8), () => editor('PUT', `/articles/${id}`, { text: { ...text, document }, note }, version))
  await at(ago(stage, 8), () => editor('POST', `/articles/${id}/submit`, {}))
  await at(ago(stage, 7), () => reviewer('POST', `/articles/${id}/review`, { isPassed: true }))
  await at(ago(stage, 7), () => finisher('POST', `/articles/${id}/finish`, { isPassed: true }))
}

/** A branch writes and reviews, the committee has the last word. */
async function branchNews(
  stage: Stage,
  branch: Plan['branches'][number],
  finisher: Desk,
  columnId: string,
): Promise<void> {
  const editor = stage.desks.ofPost('branch_officer', branch.id)
  const reviewer = stage.desks.ofPost('branch_secretary', branch.id)
  const text = {
    title: '支部开展主题党日活动',
    summary: '学习讨论与志愿服务相结合',
    author: '支部宣传委员',
    origin: 'original',
    document: doc(paragraph('支部党员先集中学习，再分成三个小组到校园里清理自行车和杂物，最后交流体会。')),
    source: { ...sourceOf(dayAgo(stage, 21)), unit: '本支部' },
  }
  await release(stage, 20, { editor, reviewer, finisher }, { columnId, orgId: branch.id, text })
}

async function openMatters(stage: Stage, hands: Hands, columnId: string): Promise<void> {
  const table = {
    type: 'table',
    content: [
      row('tableHeader', '季度', '应收（元）', '实收（元）'),
      row('tableCell', '第一季度', '18,240', '18,240'),
      row('tableCell', '第二季度', '18,390', '18,390'),
      row('tableCell', '第三季度', '18,510', '18,455'),
    ],
  }
  const matters = [
    ['党费收缴使用情况', 'dues', 'society', doc(paragraph('现将今年前三季度党费收缴情况公开如下。'), table)],
    [
      '发展党员计划和完成情况',
      'admissions',
      'party',
      doc(paragraph('今年计划发展党员 24 名，已完成 19 名，其余按程序进行。')),
    ],
    [
      '拟表彰先进支部和优秀党员名单',
      'honours',
      'society',
      doc(paragraph('经民主推荐和委员会研究，拟表彰先进支部 3 个、优秀党员 12 名。')),
    ],
    [
      '委员会分工',
      'organisation',
      'society',
      doc(points('书记主持全面工作', '副书记分管组织工作', '委员分管宣传、纪检和统战工作')),
    ],
  ] as const
  for (const [place, [title, category, scope, document]] of matters.entries()) {
    const days = 60 - place * 12
    const openness = { category, scope, fromOn: dayAgo(stage, days), untilOn: dayAgo(stage, days - 365) }
    const source = { ...sourceOf(dayAgo(stage, days + 1)), unit: '委员会组织部' }
    const text = { title, summary: '', author: '', origin: 'original', document, source, openness }
    await release(stage, days, hands, { columnId, orgId: stage.rootId, text })
  }
}

async function showPeople(stage: Stage, plan: Plan, hands: Hands, columnId: string): Promise<void> {
  const consentOf = (by: string) => ({ givenOn: dayAgo(stage, 45), by, evidence: '支部留存的书面同意书' })
  const first = plan.branches[0]
  const shown = [
    { subject: 'person', name: '一位不愿留名的老党员', honours: ['优秀共产党员'], consent: consentOf('本人') },
    ...(first
      ? [{ subject: 'organisation', name: '先进党支部', honours: ['先进基层党组织'], consent: consentOf('支部委员会') }]
      : []),
  ]
  for (const [place, showcase] of shown.entries()) {
    const text = {
      title: place === 0 ? '三十年如一日的义务修车摊' : '把支部建在项目上',
      summary: place === 0 ? '退休后仍为师生服务' : '党员在关键岗位上带头',
      author: '沈亦凡',
      origin: 'original',
      document: doc(paragraph('他们的事很平常，却一做就是许多年。'), paragraph('“能帮上忙，就是高兴的事。”')),
      source: sourceOf(dayAgo(stage, 41 - place)),
      showcase,
    }
    await release(stage, 40 - place, hands, { columnId, orgId: stage.rootId, text })
  }
}

/** One in each hand: being written, to be reviewed, waiting for the last word, waiting for its hour. */
async function onTheirWay(stage: Stage, { editor, reviewer, finisher }: Hands, columns: Columns): Promise<void> {
  const titles = ['学习体会选登', '青年理论学习小组交流', '支部联建签约', '下周主题党日预告']
  for (const [place, title] of titles.entries()) {
    const source = sourceOf(dayAgo(stage, 3))
    const document = doc(paragraph('文稿内容由编辑撰写，经审核、终审后发布。'))
    const text = { title, summary: '', author: '罗安宁', origin: 'original', document, source }
    const draft = { columnId: columns.inner, orgId: stage.rootId, text }
    const { id } = await at(ago(stage, 2), () => editor<Made>('POST', '/articles', draft))
    const act = (desk: Desk, name: string, body: object = {}) =>
      at(ago(stage, 1), () => desk('POST', `/articles/${id}/${name}`, body))
    if (place > 0) await act(editor, 'submit')
    if (place > 1) await act(reviewer, 'review', { isPassed: true })
    const releaseAt = new Date(stage.now.getTime() + 5 * DAY).toISOString()
    if (place > 2) await act(finisher, 'finish', { isPassed: true, releaseAt })
  }
}
