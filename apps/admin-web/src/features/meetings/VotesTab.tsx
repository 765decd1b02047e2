import { useCan } from '@tongxin/client/can'
import { useWrite } from '@tongxin/client/use-write'
import type { AgendaRow } from '@tongxin/contract/meetings'
import { recordVote } from '@tongxin/contract/meetings.record'
import { VOTE_METHODS } from '@tongxin/contract/meetings.words'
import { Button, EmptyState, Lamp, RefusalText, Select, say, TextInput, WhyArticle } from '@tongxin/ui'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { BallotPart } from './BallotPart.tsx'
import { ALL_MEETINGS } from './meetings.api.ts'
import type { Meeting } from './meetings.types.ts'
import { Quorums } from './Quorums.tsx'

/** Votes of the meeting: counted figures go in, the statutes say whether it could be held and is carried. */
export function VotesTab({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation()
  const can = useCan()
  const items = meeting.agenda.filter((item) => item.votes !== 'none')
  if (items.length === 0) return <EmptyState title={t('meetings.noVotes')}>{t('meetings.noVotesHint')}</EmptyState>
  const mayEnter =
    can('meetings.convene').whyNot === undefined &&
    (meeting.state === 'in_progress' || meeting.state === 'record_pending')
  return (
    <>
      <Quorums quorums={meeting.quorums} />
      {items.map((item) => (
        <section key={item.id} className="vote" aria-label={item.title}>
          <h3>{item.title}</h3>
          {item.vote ? <Result item={item} /> : null}
          <BallotPart meeting={meeting} item={item} />
          {mayEnter ? (
            <Figures meetingId={meeting.id} item={item} />
          ) : item.vote ? null : (
            <p className="hint">{t('meetings.voteLater')}</p>
          )}
        </section>
      ))}
    </>
  )
}

function Result({ item }: { item: AgendaRow }) {
  const { t, i18n } = useTranslation()
  const { vote } = item
  if (!vote) return null
  return (
    <div>
      <Lamp state={vote.carried ? 'ok' : 'late'}>{t(vote.carried ? 'meetings.carried' : 'meetings.rejected')}</Lamp>{' '}
      {t('meetings.voteFigures', { ...vote })}
      <WhyArticle source={i18n.language.startsWith('zh') ? vote.citation.zh : vote.citation.en} article={vote.ruleId} />
    </div>
  )
}

const FIGURES = ['inFavour', 'against', 'abstained', 'invalid'] as const
const WRITTEN = ['written', 'writtenInFavour'] as const

/** The counted figures of one item. Written opinions of the absent exist only for admission (细则 art. 20). */
function Figures({ meetingId, item }: { meetingId: string; item: AgendaRow }) {
  const { t } = useTranslation()
  const [method, setMethod] = useState<(typeof VOTE_METHODS)[number] | ''>(
    item.votes === 'admission' ? 'ballot' : 'hands',
  )
  const [figures, setFigures] = useState<Record<string, string>>({})
  const vote = useWrite(recordVote, { refreshes: ALL_MEETINGS, onDone: () => say(t('meetings.done.voted')) })
  const asked = item.votes === 'admission' ? [...FIGURES, ...WRITTEN] : FIGURES
  const isMissing = ['inFavour', 'against', 'abstained'].some((name) => !/^\d+$/.test(figures[name] ?? ''))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isMissing || method === '') return
    const counted = Object.fromEntries(
      asked.filter((name) => /^\d+$/.test(figures[name] ?? '')).map((name) => [name, Number(figures[name])]),
    )
    vote.mutate({ params: { id: meetingId, itemId: item.id }, body: { method, ...counted } as never })
  }
  return (
    <form onSubmit={submit} aria-label={t('meetings.enterVote', { item: item.title })}>
      <div className="figures">
        <Select
          label={t('meetings.method')}
          value={method}
          onChange={setMethod}
          options={VOTE_METHODS.map((value) => ({ value, label: t(`meetings.methods.${value}`) }))}
        />
        {asked.map((name) => (
          <TextInput
            key={name}
            label={t(`meetings.figure.${name}`)}
            inputMode="numeric"
            maxLength={7}
            value={figures[name] ?? ''}
            onChange={(text) => setFigures({ ...figures, [name]: text.replace(/\D/g, '') })}
          />
        ))}
      </div>
      <RefusalText error={vote.error} />
      <Button
        type="submit"
        kind="primary"
        isBusy={vote.isPending}
        whyNot={isMissing ? t('meetings.figuresMissing') : undefined}
      >
        {t(item.vote ? 'meetings.voteAgain' : 'meetings.vote')}
      </Button>
    </form>
  )
}
