import { useWrite } from '@tongxin/client/use-write'
import type { DevelopmentCase } from '@tongxin/contract/development'
import { addDevelopmentReview } from '@tongxin/contract/development.record'
import { REVIEW_KINDS, REVIEW_VERDICTS, type ReviewKind } from '@tongxin/contract/development.words'
import { Button, DateInput, dateOf, EmptyState, say, TextArea } from '@tongxin/ui'
import { ClipboardCheck } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { WordSelect } from './CaseSelects.tsx'
import { ALL_DEVELOPMENT } from './development.api.ts'
import { useWhyNot } from './use-why-not.ts'

/** Half-yearly reviews, thought reports and reviews of probation, each with the day for which it was owed. */
export function Reviews({ one }: { one: DevelopmentCase }) {
  const { t } = useTranslation()
  const whyNot = useWhyNot()
  const [isAdding, setAdding] = useState(false)
  return (
    <section className="development-part" aria-label={t('development.reviews')}>
      <h3>{t('development.reviews')}</h3>
      {one.reviews.length === 0 ? (
        <EmptyState title={t('development.noReviews')} icon={<ClipboardCheck aria-hidden="true" />}>
          {t('development.noReviewsHint')}
        </EmptyState>
      ) : (
        <div className="development-scroll">
          <table className="development-table">
            <thead>
              <tr>
                {['reviewKind', 'heldOn', 'owedOn', 'verdict', 'opinion', 'by'].map((key) => (
                  <th key={key} scope="col">
                    {t(`development.${key}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {one.reviews.map((review) => (
                <tr key={review.id}>
                  <td>{t(`words.development.review.${review.kind}`)}</td>
                  <td>{review.heldOn}</td>
                  <td>{review.dueOn ?? ''}</td>
                  <td>{review.verdict ? t(`words.development.verdict.${review.verdict}`) : ''}</td>
                  <td className="development-opinion">{review.opinion}</td>
                  <td>{review.by ?? ''}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Button whyNot={whyNot(one.can.record)} onClick={() => setAdding(true)}>
        {t('development.addReview')}
      </Button>
      {isAdding ? <ReviewDialog one={one} onClose={() => setAdding(false)} /> : null}
    </section>
  )
}

const HELD_ON = '/body/heldOn'

function ReviewDialog({ one, onClose }: { one: DevelopmentCase; onClose: () => void }) {
  const { t } = useTranslation()
  const [kind, setKind] = useState<ReviewKind | ''>(one.card.admittedOn ? 'probation_quarter' : 'half_year')
  const [heldOn, setHeldOn] = useState(dateOf(Date.now()))
  const [verdict, setVerdict] = useState<(typeof REVIEW_VERDICTS)[number] | ''>('')
  const [opinion, setOpinion] = useState('')
  const save = useWrite(addDevelopmentReview, {
    refreshes: ALL_DEVELOPMENT,
    onDone: () => {
      say(t('development.reviewSaved'))
      onClose()
    },
  })
  const errorAt = useFieldErrors(save.error)
  const submit = () => {
    if (kind === '') return
    const body = { kind, heldOn, opinion: opinion.trim(), ...(verdict ? { verdict } : {}) }
    save.mutate({ params: { id: one.card.id }, body })
  }
  return (
    <FormDialog
      title={t('development.addReview')}
      verb={t('development.save')}
      labels={{ [HELD_ON]: t('development.heldOn'), '/body/kind': t('development.reviewKind') }}
      whyNot={kind === '' || heldOn === '' || opinion.trim() === '' ? t('development.opinionFirst') : undefined}
      isBusy={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={submit}
    >
      <WordSelect
        label={t('development.reviewKind')}
        group="review"
        words={REVIEW_KINDS}
        value={kind}
        onChange={setKind}
        error={errorAt('/body/kind')}
      />
      <DateInput
        label={t('development.heldOn')}
        required
        value={heldOn}
        onChange={setHeldOn}
        error={errorAt(HELD_ON)}
      />
      <WordSelect
        label={t('development.verdict')}
        group="verdict"
        words={REVIEW_VERDICTS}
        isOptional
        value={verdict}
        onChange={setVerdict}
      />
      <TextArea label={t('development.opinion')} required maxLength={4000} value={opinion} onChange={setOpinion} />
    </FormDialog>
  )
}
