import { useWrite } from '@tongxin/client/use-write'
import { draftSelfReview, handInSelfReview, type OwnAppraisal } from '@tongxin/contract/appraisal.own'
import { APPRAISAL_GRADES, type AppraisalGrade, CRITERIA } from '@tongxin/contract/appraisal.words'
import { Button, RefusalText, Select, say, TextArea } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ALL_APPRAISAL } from './appraisal.api.ts'

const SHORTEST = 20

/** The own review: text, what one finds lacking by criterion, a grade of one's own. The draft is kept by the server. */
export function SelfReviewForm({ data }: { data: OwnAppraisal }) {
  const { t } = useTranslation()
  const [text, setText] = useState(data.self.text)
  const [checks, setChecks] = useState(data.self.checks)
  const [grade, setGrade] = useState<AppraisalGrade | ''>(data.self.grade ?? '')
  const params = { id: data.id }
  const draft = useWrite(draftSelfReview)
  const handIn = useWrite(handInSelfReview, {
    refreshes: ALL_APPRAISAL,
    onDone: () => say(t('appraisal.selfHandedIn')),
  })
  const body = { text, checks, grade: grade === '' ? null : grade }
  const isIncomplete = text.trim().length < SHORTEST || grade === ''
  const keep = () => draft.mutate({ params, body }, { onSuccess: () => say(t('appraisal.draftKept')) })
  const send = () => draft.mutate({ params, body }, { onSuccess: () => handIn.mutate({ params, body: {} }) })
  return (
    <section className="card appraisal-card">
      <h2>{t('appraisal.selfReview')}</h2>
      <p className="hint">{t('appraisal.selfLead', { on: data.selfDueOn })}</p>
      <TextArea
        label={t('appraisal.selfText')}
        help={t('appraisal.selfHelp', { count: SHORTEST })}
        required
        rows={8}
        maxLength={5000}
        value={text}
        onChange={setText}
      />
      <details className="appraisal-checks">
        <summary>{t('appraisal.checks')}</summary>
        {CRITERIA.map((name) => (
          <TextArea
            key={name}
            label={t(`words.appraisal.criterion.${name}`)}
            help={t(`appraisal.criterionHelp.${name}`)}
            rows={2}
            maxLength={500}
            value={checks[name] ?? ''}
            onChange={(value) => setChecks({ ...checks, [name]: value })}
          />
        ))}
      </details>
      <Select
        label={t('appraisal.ownGrade')}
        required
        value={grade}
        onChange={setGrade}
        options={APPRAISAL_GRADES.map((value) => ({ value, label: t(`words.appraisal.grade.${value}`) }))}
      />
      <RefusalText error={handIn.error ?? draft.error} />
      <Button wide isBusy={draft.isPending} onClick={keep}>
        {t('appraisal.keepDraft')}
      </Button>
      <Button
        wide
        kind="primary"
        isBusy={draft.isPending || handIn.isPending}
        whyNot={isIncomplete ? t('appraisal.selfFirst', { count: SHORTEST }) : undefined}
        onClick={send}
      >
        {t('appraisal.handIn')}
      </Button>
    </section>
  )
}
