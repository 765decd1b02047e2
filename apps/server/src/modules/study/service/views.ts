import { createHash } from 'node:crypto'
import { type exportViews, type FileReply, type Input, studyRefusals as refusals } from '@tongxin/contract'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { type PaperBlock, printForm } from '../../forms/index.ts'
import type { Campaign } from '../queries/campaigns.queries.ts'
import { type Post, shownPosts } from '../queries/posts.queries.ts'
import { MOST_VIEWS } from '../study.policy.ts'
import { wordsOf } from '../study.print-words.ts'
import { campaignSubject, demandLocked, progressOf } from './campaigns.ts'

/** The outcome of a campaign: how far people came, summary, what was said question by question (观点汇编). */
export async function file(ctx: Ctx<Tx>, { params, body }: Input<typeof exportViews>): Promise<FileReply> {
  const campaign = await demandLocked(ctx, params.id)
  if (campaign.state === 'draft') throw refusals.not_open({ state: campaign.state })
  const posts = await shownPosts(ctx.db, ctx.actor.tenantId, campaign.id, MOST_VIEWS)
  const { format, language = 'zh-CN' } = body
  const words = wordsOf(language)
  const far = farOf(campaign, await progressOf(ctx, campaign), words)
  const blocks = blocksOf(campaign, posts, far, words)
  const sha256 = createHash('sha256').update(JSON.stringify(blocks)).digest('hex')
  const payload = { title: campaign.title, posts: posts.length, format, sha256 }
  await publish(ctx, 'study.views_exported', campaignSubject(campaign), payload)
  const title = `${campaign.title}${campaign.questions.length > 0 ? words.views : words.report}`
  const facts = {
    language,
    title,
    style: 'record',
    organisation: campaign.unitName,
    printedAt: ctx.now.toISOString(),
    blocks,
  } as const
  return {
    fileName: `${title}-${todayOf(ctx.now)}.${format}`,
    make: () => printForm({ kind: 'paper', format, facts }),
  }
}

type Words = ReturnType<typeof wordsOf>
type Far = Awaited<ReturnType<typeof progressOf>>

/** Each task with how many of the people asked did it. */
function farOf({ tasks }: Campaign, { done, people, finished }: Far, words: Words): PaperBlock[] {
  if (tasks.length === 0) return []
  const columns = [
    { header: words.task, width: 60, isLong: true as const },
    { header: words.did, width: 20 },
    { header: words.asked, width: 20 },
  ]
  const rows = tasks.map(({ id, title }) => [title, `${done.get(id) ?? 0}`, `${people}`])
  const all = [words.allTasks, `${finished}`, `${people}`]
  return [
    { kind: 'heading', text: words.progress },
    { kind: 'register', columns, rows: [...rows, all] },
  ]
}

function blocksOf(campaign: Campaign, posts: readonly Post[], far: PaperBlock[], words: Words): PaperBlock[] {
  const blocks: PaperBlock[] = [
    { kind: 'subtitle', text: `${campaign.unitName}  ${campaign.fromOn} – ${campaign.untilOn}` },
    ...paragraphs(campaign.about),
    ...far,
  ]
  if (campaign.summary) blocks.push({ kind: 'heading', text: words.summary }, ...paragraphs(campaign.summary))
  campaign.questions.forEach((question, at) => {
    blocks.push({ kind: 'heading', text: `${at + 1}. ${question}` })
    const said = posts.filter(({ questionAt }) => questionAt === at)
    if (said.length === 0) blocks.push({ kind: 'paragraph', text: words.nothing, small: true })
    for (const post of said) {
      blocks.push(...paragraphs(post.body))
      blocks.push({ kind: 'paragraph', text: `—— ${post.writer}（${post.unitName}）`, small: true })
    }
  })
  if (campaign.outcome) blocks.push({ kind: 'heading', text: words.outcome }, ...paragraphs(campaign.outcome))
  return blocks
}

const paragraphs = (text: string): PaperBlock[] =>
  text
    .split(/\n+/)
    .filter((line) => line.trim() !== '')
    .map((line) => ({ kind: 'paragraph', text: line.trim(), indent: true }))
