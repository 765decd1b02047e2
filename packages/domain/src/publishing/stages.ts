/** 新闻, 党务公开, 风采: what a column is for decides what else its articles say. */
export const COLUMN_KINDS = ['news', 'openness', 'showcase'] as const
export type ColumnKind = (typeof COLUMN_KINDS)[number]
/** 社会公开, 登录后可读, 本组织及下属: who may read. */
export const AUDIENCES = ['public', 'signed_in', 'subtree'] as const
export type Audience = (typeof AUDIENCES)[number]
/** 不开放, 先审后发, 先发后审. */
export const COMMENT_MODES = ['none', 'pre', 'post'] as const
export type CommentMode = (typeof COMMENT_MODES)[number]

/** 草稿, 已发布, 已下线: where an article stands for those who read. */
export const ARTICLE_STATES = ['draft', 'released', 'withdrawn'] as const
export type ArticleState = (typeof ARTICLE_STATES)[number]
/** 编辑, 审核, 终审, 待发布: where a text stands that is not shown yet, the first one or a correction. */
export const STAGES = ['editing', 'review', 'final', 'ready'] as const
export type Stage = (typeof STAGES)[number]
/** What the three hands do with a text. */
export const STAGE_ACTS = ['save', 'submit', 'take_back', 'pass', 'finish', 'return', 'release'] as const
export type StageAct = (typeof STAGE_ACTS)[number]

const MOVES: Readonly<Record<StageAct, Readonly<Partial<Record<Stage, Stage | 'shown'>>>>> = {
  save: { editing: 'editing' },
  submit: { editing: 'review' },
  take_back: { review: 'editing' },
  pass: { review: 'final' },
  finish: { final: 'ready' },
  return: { review: 'editing', final: 'editing', ready: 'editing' },
  release: { ready: 'shown' },
}

/** The stage after an act, `shown` when it is released, or null where the act is not possible. */
export const stageAfter = (stage: Stage, act: StageAct): Stage | 'shown' | null => MOVES[act][stage] ?? null

/** Everybody who wrote at a text, and whoever reviewed it. */
export type Hands = { readonly editorIds: readonly string[]; readonly reviewerId: string | null }

/**
 * Whether somebody may take the next step: editor, reviewer and whoever has the last word are three different people
 * (采编, 审核, 终审: "三审三校").
 */
export const isOwnHand = (stage: Stage, hands: Hands, personId: string): boolean =>
  (stage === 'review' || stage === 'final') &&
  (hands.editorIds.includes(personId) || (stage === 'final' && hands.reviewerId === personId))
