import { useWrite } from '@tongxin/client/use-write'
import type { VoteRecord } from '@tongxin/contract/voting'
import { enterHandCount } from '@tongxin/contract/voting.count'
import { Button, Lamp, say, TextInput } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { MemberPicker } from '../../shared/MemberPicker.tsx'
import { ALL_VOTING } from './voting.api.ts'

type Question = VoteRecord['questions'][number]

/** Papers counted in the hall: one officer enters, a second enters the same without seeing the first figures. */
export function HandCounts({ vote }: { vote: VoteRecord }) {
  const { t } = useTranslation()
  const [entering, setEntering] = useState<Question | null>(null)
  return (
    <section className="vote-part" aria-labelledby="hand-counts">
      <h2 id="hand-counts">{t('voting.handCounts')}</h2>
      <p className="hint">{t('voting.handCountsHint')}</p>
      <ul className="vote-trustees">
        {vote.questions.map((question) => {
          const count = vote.handCounts.find(({ questionId }) => questionId === question.id)
          // Whoever entered first may enter what she counted again, as long as no second officer agreed.
          const mayEnter = vote.can.enterCount && count?.state !== 'confirmed'
          return (
            <li key={question.id}>
              <strong>{question.title}</strong>{' '}
              <Lamp state={count?.state === 'confirmed' ? 'ok' : count ? 'warn' : 'idle'}>
                {t(`voting.handCount.${count?.state ?? 'none'}`)}
              </Lamp>{' '}
              {mayEnter ? (
                <Button onClick={() => setEntering(question)}>
                  {t(count?.mayConfirm ? 'voting.enterSecond' : 'voting.enterCount')}
                </Button>
              ) : null}
            </li>
          )
        })}
      </ul>
      {entering ? <Enter vote={vote} question={entering} onClose={() => setEntering(null)} /> : null}
    </section>
  )
}

const SUMS = ['issued', 'returned', 'valid', 'invalid'] as const
const MARKS = ['for', 'against', 'abstain'] as const
const WHOLE = /^\d{1,7}$/

/** Figures by their place: `issued`, `o1.for`; what is left empty is nought. */
function useFigures() {
  const [figures, setFigures] = useState<Readonly<Record<string, string>>>({})
  const numberAt = (place: string) => Number(figures[place] ?? 0)
  const isWrong = Object.values(figures).some((text) => text !== '' && !WHOLE.test(text))
  const set = (place: string, text: string) => setFigures((before) => ({ ...before, [place]: text.trim() }))
  return { figures, set, numberAt, isWrong }
}

function Enter({ vote, question, onClose }: { vote: VoteRecord; question: Question; onClose: () => void }) {
  const { t } = useTranslation()
  const { figures, set, numberAt, isWrong } = useFigures()
  const [written, setWritten] = useState<readonly { memberId: string; votes: string }[]>([])
  const enter = useWrite(enterHandCount, {
    refreshes: ALL_VOTING,
    onDone: ({ state }) => {
      say(t(`voting.handCountDone.${state}`))
      onClose()
    },
  })
  const marks = question.kind === 'approval' ? MARKS : (['for'] as const)
  const named = written.filter(({ memberId, votes }) => memberId !== '' && WHOLE.test(votes) && Number(votes) > 0)
  const submit = () =>
    enter.mutate({
      params: { id: vote.id },
      body: {
        questionId: question.id,
        issued: numberAt('issued'),
        returned: numberAt('returned'),
        valid: numberAt('valid'),
        invalid: numberAt('invalid'),
        options: question.options.map(({ id }) => ({
          optionId: id,
          for: numberAt(`${id}.for`),
          against: numberAt(`${id}.against`),
          abstain: numberAt(`${id}.abstain`),
        })),
        writtenIn: named.map(({ memberId, votes }) => ({ memberId, votes: Number(votes) })),
      },
    })
  const cell = (place: string, label: string) => (
    <TextInput
      key={place}
      label={label}
      inputMode="numeric"
      value={figures[place] ?? ''}
      onChange={(text) => set(place, text)}
    />
  )
  return (
    <FormDialog
      title={t('voting.enterTitle', { title: question.title })}
      verb={t('voting.enterVerb')}
      lead={t('voting.enterLead')}
      whyNot={isWrong ? t('voting.wholeNumber') : undefined}
      isBusy={enter.isPending}
      error={enter.error}
      onClose={onClose}
      onSubmit={submit}
    >
      <div className="vote-figures">{SUMS.map((sum) => cell(sum, t(`voting.sum.${sum}`)))}</div>
      {question.options.map(({ id, label }) => (
        <fieldset key={id} className="vote-question">
          <legend>{label}</legend>
          <div className="vote-figures">
            {marks.map((mark) =>
              cell(`${id}.${mark}`, t(marks.length === 1 ? 'voting.votesFor' : `voting.mark.${mark}`)),
            )}
          </div>
        </fieldset>
      ))}
      {question.writeIn ? <WrittenIn written={written} onChange={setWritten} /> : null}
    </FormDialog>
  )
}

type Written = readonly { memberId: string; votes: string }[]

function WrittenIn({ written, onChange }: { written: Written; onChange: (written: Written) => void }) {
  const { t } = useTranslation()
  const change = (at: number, part: Partial<Written[number]>) =>
    onChange(written.map((one, index) => (index === at ? { ...one, ...part } : one)))
  return (
    <fieldset className="vote-question">
      <legend>{t('voting.writtenIn')}</legend>
      {written.map(({ memberId, votes }, at) => (
        <div key={at} className="vote-two">
          <MemberPicker label={t('voting.person')} value={memberId} onChange={(id) => change(at, { memberId: id })} />
          <TextInput
            label={t('voting.votesFor')}
            inputMode="numeric"
            value={votes}
            onChange={(text) => change(at, { votes: text.trim() })}
          />
        </div>
      ))}
      <Button onClick={() => onChange([...written, { memberId: '', votes: '' }])}>{t('voting.addWrittenIn')}</Button>
    </fieldset>
  )
}
