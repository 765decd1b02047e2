import { createHash } from 'node:crypto'
import { type exportViews, type FileReply, type Input, studyRefusals as refusals } from '@tongxin/contract'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { publish } from '../../../platform/events.ts'
import { type PaperBlock, printForm } from '../../forms/index.ts'
import type { Campaign } from '../queries/campaigns.queries.ts'
import { type Post, shownPosts } from '../queries/posts.queries.ts'
import { MOST_VIEWS } from '../study.policy.ts'
import { type Language, wordsOf } from '../study.print-words.ts'
import { campaignSubject, demandLocked } from './campaigns.ts'

/** The collection of views (观点汇编): summary first, then what was said, question by question. */
export async function file(ctx: Ctx<Tx>, { params, body }: Input<typeof exportViews>): Promise<FileReply> {
  const campaign = await demandLocked(ctx, params.id)
  if (campaign.questions.length === 0) throw refusals.no_such_question.at('/params/id')
  const posts = await shownPosts(ctx.db, ctx.actor.tenantId, campaign.id, MOST_VIEWS)
  const { format, language = 'zh-CN' } = body
  const blocks = blocksOf(campaign, posts, language)
  const sha256 = createHash('sha256').update(JSON.stringify(blocks)).digest('hex')
  const payload = { title: campaign.title, posts: posts.length, format, sha256 }
  await publish(ctx, 'study.views_exported', campaignSubject(campaign), payload)
  const title = `${campaign.title}${wordsOf(language).views}`
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

function blocksOf(campaign: Campaign, posts: readonly Post[], language: Language): PaperBlock[] {
  const words = wordsOf(language)
  const blocks: PaperBlock[] = [
    { kind: 'subtitle', text: `${campaign.unitName}  ${campaign.fromOn} – ${campaign.untilOn}` },
    ...paragraphs(campaign.about),
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
