import { useMutation, useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useCan } from '@tongxin/client/can'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import type { MemberPortrait } from '@tongxin/contract/members.portrait'
import { hoursText } from '@tongxin/domain/learning/hours'
import { Button, PrintPage, RefusalText } from '@tongxin/ui'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { portraitQuery, savePortrait } from './members.api.ts'
import { Picture, photoUrl } from './PhotoDialog.tsx'
import { useMemberWords } from './use-member-words.ts'
import './one-page.css'

export const loader = ({ params, queryClient }: LoaderInput) =>
  queryClient.ensureQueryData(portraitQuery(params.id ?? ''))

/** 一页画像: a member on one sheet, as the caller may see the member; for the screen, the printer, PDF and Word. */
export function Page({ params }: ScreenProps) {
  const { t } = useTranslation()
  const { word, fieldLabel } = useMemberWords()
  const { data: portrait } = useSuspenseQuery(portraitQuery(params.id ?? ''))
  const { card, road, missing, withheld, asOf } = portrait
  const names = (words: readonly string[]) => t('members.list', { names: words })
  return (
    <div className="page">
      <title>{`${word('portrait', 'title')} · ${card.name} · ${t('shell.name')}`}</title>
      <PrintPage title={word('portrait', 'title')} acts={<Acts id={card.id} />}>
        <div className="one-page">
          <Basics portrait={portrait} />
          <p>
            {word('portrait', 'complete')} {card.completeness} %
            {missing.length > 0 ? (
              <> · {t('words.members.portrait.missing', { names: names(missing.map(fieldLabel)) })}</>
            ) : null}
          </p>
          <h2>{word('portrait', 'road')}</h2>
          <Facts
            facts={[
              ...road.days.map(({ key, on }): Fact => [fieldLabel(key), on]),
              ...(road.running
                ? [
                    [
                      word('portrait', 'running'),
                      `${t(`words.development.stage.${road.running.stage}`)} · ${t(`words.development.state.${road.running.state}`)}`,
                    ] as const,
                    [word('portrait', 'probationEnd'), road.running.probationEnd] as const,
                  ]
                : []),
            ]}
          />
          <Life portrait={portrait} />
          <Learning portrait={portrait} />
          <Lists portrait={portrait} />
          <footer>
            {t('words.members.portrait.asOf', { on: asOf })} · {word('portrait', 'facts')}
            {withheld.length > 0 ? (
              <>
                {' '}
                {t('words.members.portrait.withheld', {
                  names: names(withheld.map((part) => word('portraitPart', part))),
                })}
              </>
            ) : null}
          </footer>
        </div>
      </PrintPage>
    </div>
  )
}

function Acts({ id }: { id: string }) {
  const { t, i18n } = useTranslation()
  const can = useCan()
  const save = useMutation({ mutationFn: (format: 'pdf' | 'docx') => savePortrait(id, format, i18n.language) })
  return (
    <>
      <Link className="tx-button" to={paths.members.one(id)}>
        {t('members.record')}
      </Link>
      {(['pdf', 'docx'] as const).map((format) => (
        <Button key={format} isBusy={save.isPending} {...can('members.export')} onClick={() => save.mutate(format)}>
          {t(`members.portrait.${format}`)}
        </Button>
      ))}
      <RefusalText error={save.error} />
    </>
  )
}

const BASICS = [
  'memberNo',
  'sex',
  'ethnic',
  'bornOn',
  'education',
  'category',
  'status',
  'orgName',
  'idNumber',
  'phone',
] as const

function Basics({ portrait }: { portrait: MemberPortrait }) {
  const { word, fieldLabel, valueText } = useMemberWords()
  const { card, photo } = portrait
  return (
    <div className="one-page-head">
      <Facts
        facts={[
          [word('columns', 'name'), card.name],
          ...BASICS.map((key): Fact => [word('columns', key), valueText(key, card[key])]),
          ...(['nativePlace', 'workplace', 'jobTitle'] as const).map((key): Fact => [fieldLabel(key), portrait[key]]),
        ]}
      />
      <div className="one-page-photo">
        {photo ? (
          <Picture url={photoUrl(card.id, photo.id, 'large')} alt={word('portrait', 'photo')} />
        ) : (
          word('portrait', 'photo')
        )}
      </div>
    </div>
  )
}

type Fact = readonly [name: string, value: string | null]
/** Names and values; one without a value is left out. */
function Facts({ facts }: { facts: readonly Fact[] }) {
  const { word } = useMemberWords()
  const filled = facts.filter(([, value]) => value !== null && value !== '')
  if (filled.length === 0) return <p>{word('portrait', 'none')}</p>
  return (
    <dl className="one-page-facts">
      {filled.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function Life({ portrait: { life } }: { portrait: MemberPortrait }) {
  const { t } = useTranslation()
  const { word } = useMemberWords()
  if (!life) return null
  const all = [
    ...life.kinds.map(({ kind, ...figures }) => ({ name: word('meetingKind', kind), ...figures })),
    { ...life, name: word('portrait', 'all') },
  ]
  return (
    <>
      <h2>{word('portrait', 'life')}</h2>
      <Table
        head={[word('portrait', 'kind'), ...all.map(({ name }) => name)]}
        rows={(['called', 'present', 'onLeave'] as const).map((figure) => [
          word('portrait', figure),
          ...all.map((one) => one[figure]),
        ])}
      />
      <p>{t('words.members.portrait.span', { since: life.since, until: life.until })}</p>
    </>
  )
}

function Learning({ portrait: { learning } }: { portrait: MemberPortrait }) {
  const { t } = useTranslation()
  const { word } = useMemberWords()
  if (!learning) return null
  const column = (key: string) => t(`words.credits.columns.${key}`)
  const { target } = learning
  return (
    <>
      <h2>
        {word('portrait', 'learning')} ({learning.year})
      </h2>
      <Facts
        facts={[
          [column('target'), target === null ? null : hoursText(target)],
          ...(['earned', 'required', 'elective'] as const).map((key): Fact => [column(key), hoursText(learning[key])]),
          [column('requiredLeft'), String(learning.requiredLeft)],
          [column('standing'), t(`words.credits.standing.${learning.standing}`)],
        ]}
      />
    </>
  )
}

function Lists({ portrait: { posts, honours, decisions, moves } }: { portrait: MemberPortrait }) {
  const { t } = useTranslation()
  const { word } = useMemberWords()
  const head = (...keys: string[]) => keys.map((key) => word('portrait', key))
  return (
    <>
      <List name="posts" hasMore={posts.hasMore} head={head('post', 'unit', 'period')}>
        {posts.rows.map(({ post, title, unit, fromOn, untilOn }) => [
          post ? word('post', post) : title,
          unit,
          `${fromOn ?? ''} – ${untilOn ?? word('portrait', 'until')}`,
        ])}
      </List>
      <List name="honours" hasMore={honours.hasMore} head={head('on', 'what', 'by')}>
        {honours.rows.map(({ on, title, by }) => [on, title, by])}
      </List>
      <List name="decisions" hasMore={decisions.hasMore} head={head('on', 'what', 'by')}>
        {decisions.rows.map(({ on, kind, title, by }) => [
          on,
          kind ? t(`words.membership.decisionKind.${kind}`) : title,
          by,
        ])}
      </List>
      <List name="moves" hasMore={moves.hasMore} head={head('on', 'from', 'to')}>
        {moves.rows.map(({ on, from, to }) => [on, from, to])}
      </List>
    </>
  )
}

type Row = readonly ReactNode[]
function List(props: { name: string; hasMore: boolean; head: readonly string[]; children: readonly Row[] }) {
  const { word } = useMemberWords()
  const isEmpty = props.children.length === 0
  return (
    <>
      <h2>
        {word('portrait', props.name)}{' '}
        {isEmpty || props.hasMore ? <small>{word('portrait', isEmpty ? 'none' : 'more')}</small> : null}
      </h2>
      {isEmpty ? null : <Table head={props.head} rows={props.children} />}
    </>
  )
}

function Table({ head, rows }: { head: readonly string[]; rows: readonly Row[] }) {
  return (
    <table>
      <thead>
        <tr>
          {head.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.join('|')}>
            {row.map((value, at) => (
              <td key={head[at]}>{value}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
