import type { OpenSheet } from '@tongxin/contract/appraisal.own'
import { APPRAISAL_MARKS, type AppraisalMark } from '@tongxin/contract/appraisal.words'
import { Button, RefusalText } from '@tongxin/ui'
import { ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

type Marks = Readonly<Record<string, AppraisalMark>>
type Props = {
  sheet: OpenSheet
  isBusy: boolean
  error: unknown
  onPutIn: (marks: { personId: string; mark: AppraisalMark }[]) => void
}

/**
 * The sheet of the secret assessment: a label that says what is kept apart and who has to be trusted, one row of large
 * buttons for each person, a look over it, and then the box. Nothing is kept on the device before that.
 */
export function SheetForm({ sheet, isBusy, error, onPutIn }: Props) {
  const { t } = useTranslation()
  const [marks, setMarks] = useState<Marks>({})
  const [isChecking, setChecking] = useState(false)
  const left = sheet.persons.filter(({ personId }) => marks[personId] === undefined).length
  const putIn = () => onPutIn(sheet.persons.map(({ personId }) => ({ personId, mark: marks[personId] ?? 'abstained' })))
  return (
    <section className="card appraisal-card">
      <h2>{t('appraisal.sheet')}</h2>
      <Label sheet={sheet} />
      {isChecking ? (
        <Overview sheet={sheet} marks={marks} />
      ) : (
        sheet.persons.map(({ personId, name }) => (
          <Line
            key={personId}
            id={personId}
            name={name}
            mark={marks[personId]}
            onMark={(mark) => setMarks({ ...marks, [personId]: mark })}
          />
        ))
      )}
      <RefusalText error={error} />
      {isChecking ? (
        <>
          <Button wide onClick={() => setChecking(false)}>
            {t('appraisal.goBack')}
          </Button>
          <Button wide kind="primary" isBusy={isBusy} onClick={putIn}>
            {t('appraisal.putIn')}
          </Button>
        </>
      ) : (
        <Button
          wide
          kind="primary"
          whyNot={left > 0 ? t('appraisal.left', { count: left }) : undefined}
          onClick={() => setChecking(true)}
        >
          {t('appraisal.checkAll')}
        </Button>
      )}
    </section>
  )
}

/** What is secret, and the limit of it, before anybody marks anything. */
function Label({ sheet }: { sheet: OpenSheet }) {
  const { t } = useTranslation()
  return (
    <div className="appraisal-label">
      <ShieldCheck aria-hidden="true" />
      <div>
        <strong>{t('appraisal.label')}</strong>
        <p>{t('appraisal.labelText', { least: sheet.leastRaters })}</p>
        <details>
          <summary>{t('appraisal.limit')}</summary>
          <p>{t('appraisal.limitText')}</p>
        </details>
        <p className="hint">{t('appraisal.sheetLead', { on: sheet.dueOn })}</p>
      </div>
    </div>
  )
}

function Line(props: {
  id: string
  name: string
  mark: AppraisalMark | undefined
  onMark: (mark: AppraisalMark) => void
}) {
  const { t } = useTranslation()
  return (
    <fieldset className="appraisal-line">
      <legend>{props.name}</legend>
      {APPRAISAL_MARKS.map((mark) => (
        <label key={mark} data-mark={mark}>
          <input
            type="radio"
            name={props.id}
            value={mark}
            checked={props.mark === mark}
            onChange={() => props.onMark(mark)}
          />
          <span>{t(`words.appraisal.mark.${mark}`)}</span>
        </label>
      ))}
    </fieldset>
  )
}

function Overview({ sheet, marks }: { sheet: OpenSheet; marks: Marks }) {
  const { t } = useTranslation()
  return (
    <>
      <p>{t('appraisal.overview')}</p>
      <dl className="appraisal-overview">
        {sheet.persons.map(({ personId, name }) => (
          <div key={personId}>
            <dt>{name}</dt>
            <dd>{t(`words.appraisal.mark.${marks[personId] ?? 'abstained'}`)}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}
