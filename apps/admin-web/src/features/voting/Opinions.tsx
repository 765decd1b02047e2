import { useWrite } from '@tongxin/client/use-write'
import type { VoteRecord } from '@tongxin/contract/voting'
import { confirmOpinion, enterOpinion } from '@tongxin/contract/voting.count'
import { OPINIONS } from '@tongxin/contract/voting.words'
import { Button, ConfirmDialog, EmptyState, Lamp, Select, say } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { MemberPicker } from '../../shared/MemberPicker.tsx'
import { ALL_VOTING } from './voting.api.ts'

type Opinion = VoteRecord['opinions'][number]

/** Formal written opinions of the absent (DEV-16): on paper, seen by two officers, shown apart and never secret. */
export function Opinions({ vote }: { vote: VoteRecord }) {
  const { t } = useTranslation()
  const [isAdding, setAdding] = useState(false)
  const [seen, setSeen] = useState<Opinion | null>(null)
  const optionOf = ({ questionId, optionId }: Opinion) =>
    vote.questions.find(({ id }) => id === questionId)?.options.find(({ id }) => id === optionId)?.label
  return (
    <section className="vote-part" aria-labelledby="opinions">
      <h2 id="opinions">{t('voting.opinions')}</h2>
      <p className="hint">{t('voting.opinionsHint')}</p>
      {vote.opinions.length === 0 ? <EmptyState title={t('voting.noOpinions')} /> : null}
      <ul className="vote-trustees">
        {vote.opinions.map((opinion) => (
          <li key={`${opinion.memberId} ${opinion.questionId} ${opinion.optionId}`}>
            <strong>{opinion.name}</strong>{' '}
            {t('voting.markedAs', { name: optionOf(opinion), mark: t(`voting.mark.${opinion.opinion}`) })}{' '}
            <Lamp state={opinion.confirmed ? 'ok' : 'warn'}>
              {t(opinion.confirmed ? 'voting.opinionConfirmed' : 'voting.opinionWaits')}
            </Lamp>{' '}
            {opinion.mayConfirm ? <Button onClick={() => setSeen(opinion)}>{t('voting.confirmOpinion')}</Button> : null}
          </li>
        ))}
      </ul>
      {vote.can.enterOpinion ? <Button onClick={() => setAdding(true)}>{t('voting.addOpinion')}</Button> : null}
      {isAdding ? <Add vote={vote} onClose={() => setAdding(false)} /> : null}
      {seen ? <Confirm vote={vote} opinion={seen} onClose={() => setSeen(null)} /> : null}
    </section>
  )
}

function Confirm({ vote, opinion, onClose }: { vote: VoteRecord; opinion: Opinion; onClose: () => void }) {
  const { t } = useTranslation()
  const confirm = useWrite(confirmOpinion, {
    refreshes: ALL_VOTING,
    onDone: () => {
      say(t('voting.opinionConfirmed'))
      onClose()
    },
  })
  const { memberId, questionId, optionId } = opinion
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t('voting.confirmOpinionTitle', { name: opinion.name, mark: t(`voting.mark.${opinion.opinion}`) })}
      verb={t('voting.confirmOpinion')}
      isBusy={confirm.isPending}
      error={confirm.error}
      onConfirm={() =>
        confirm.mutate({
          params: { id: vote.id, memberId },
          body: { questionId, optionId, opinion: opinion.opinion },
        })
      }
    >
      {t('voting.confirmOpinionMeans')}
    </ConfirmDialog>
  )
}

function Add({ vote, onClose }: { vote: VoteRecord; onClose: () => void }) {
  const { t } = useTranslation()
  const [memberId, setMemberId] = useState('')
  const places = vote.questions.flatMap((question) =>
    question.options.map((option) => ({
      value: `${question.id} ${option.id}`,
      label: vote.questions.length === 1 ? option.label : `${question.title} · ${option.label}`,
    })),
  )
  const [place, setPlace] = useState(places.length === 1 ? (places[0]?.value ?? '') : '')
  const [opinion, setOpinion] = useState<(typeof OPINIONS)[number] | ''>('')
  const enter = useWrite(enterOpinion, {
    refreshes: ALL_VOTING,
    onDone: () => {
      say(t('voting.opinionEntered'))
      onClose()
    },
  })
  const [questionId = '', optionId = ''] = place.split(' ')
  const isMissing = memberId === '' || place === '' || opinion === ''
  return (
    <FormDialog
      title={t('voting.addOpinion')}
      verb={t('voting.enterVerb')}
      lead={t('voting.addOpinionLead')}
      whyNot={isMissing ? t('voting.fillFirst') : undefined}
      isBusy={enter.isPending}
      error={enter.error}
      onClose={onClose}
      onSubmit={() =>
        opinion && enter.mutate({ params: { id: vote.id }, body: { memberId, questionId, optionId, opinion } })
      }
    >
      <MemberPicker label={t('voting.person')} required value={memberId} onChange={setMemberId} />
      <Select label={t('voting.about')} required value={place} onChange={setPlace} options={places} />
      <Select
        label={t('voting.opinion')}
        required
        value={opinion}
        onChange={setOpinion}
        options={OPINIONS.map((value) => ({ value, label: t(`voting.mark.${value}`) }))}
      />
    </FormDialog>
  )
}
