import { useWrite } from '@tongxin/client/use-write'
import { acknowledgeResult, type OwnAppraisal } from '@tongxin/contract/appraisal.own'
import { Button, Lamp, RefusalText, say, TextArea } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ALL_APPRAISAL } from './appraisal.api.ts'

type Result = NonNullable<OwnAppraisal['result']>
const LAMPS = { untold: 'warn', signed: 'ok', objected: 'info', answered: 'ok' } as const

/** My grade with its grounds; I sign that I have read it, or say what I object to. */
export function ResultCard({ data, result }: { data: OwnAppraisal; result: Result }) {
  const { t } = useTranslation()
  if (result.grade === null)
    return (
      <section className="card appraisal-card">
        <h2>{t('appraisal.result')}</h2>
        <p>{t('appraisal.notGraded')}</p>
      </section>
    )
  return (
    <section className="card appraisal-card">
      <h2>{t('appraisal.result')}</h2>
      <p className="appraisal-grade">{t(`words.appraisal.grade.${result.grade}`)}</p>
      {(['daily', 'reason', 'measures'] as const).map((name) =>
        result[name] ? (
          <p key={name}>
            <strong>{t(`words.appraisal.column.${name}`)}</strong> {result[name]}
          </p>
        ) : null,
      )}
      {result.disposal ? (
        <p>
          <strong>{t('words.appraisal.column.disposal')}</strong> {t(`words.appraisal.disposal.${result.disposal}`)}
        </p>
      ) : null}
      <Lamp state={LAMPS[result.feedback]}>{t(`words.appraisal.feedback.${result.feedback}`)}</Lamp>
      {result.objection ? <blockquote>{result.objection}</blockquote> : null}
      {result.answer ? <p>{t('appraisal.answerIs', { text: result.answer })}</p> : null}
      {data.waits === 'result' ? <Sign id={data.id} /> : null}
    </section>
  )
}

function Sign({ id }: { id: string }) {
  const { t } = useTranslation()
  const [isObjecting, setObjecting] = useState(false)
  const [text, setText] = useState('')
  const save = useWrite(acknowledgeResult, { refreshes: ALL_APPRAISAL, onDone: () => say(t('appraisal.signedSaid')) })
  const params = { id }
  if (!isObjecting)
    return (
      <>
        <RefusalText error={save.error} />
        <Button wide kind="primary" isBusy={save.isPending} onClick={() => save.mutate({ params, body: {} })}>
          {t('appraisal.sign')}
        </Button>
        <Button wide onClick={() => setObjecting(true)}>
          {t('appraisal.object')}
        </Button>
      </>
    )
  return (
    <>
      <TextArea
        label={t('appraisal.objection')}
        help={t('appraisal.objectionHelp')}
        required
        rows={4}
        maxLength={1000}
        value={text}
        onChange={setText}
      />
      <RefusalText error={save.error} />
      <Button wide onClick={() => setObjecting(false)}>
        {t('appraisal.goBack')}
      </Button>
      <Button
        wide
        kind="primary"
        isBusy={save.isPending}
        whyNot={text.trim().length < 2 ? t('appraisal.wordsFirst') : undefined}
        onClick={() => save.mutate({ params, body: { objection: text.trim() } })}
      >
        {t('appraisal.handInObjection')}
      </Button>
    </>
  )
}
