import type { OpenSheet } from '@tongxin/contract/appraisal.own'
import { APPRAISAL_MARKS, type AppraisalMark, type Criterion, type Ratings } from '@tongxin/contract/appraisal.words'
import { Button, RefusalText } from '@tongxin/ui'
import type { TFunction } from 'i18next'
import { ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

/** By person and criterion; the key `whole` is the grade. */
type Rated = Criterion | 'whole'
type Marks = Readonly<Record<string, Partial<Record<Rated, AppraisalMark>>>>
type Filled = { personId: string; mark: AppraisalMark; ratings?: Ratings }
type Props = {
  sheet: OpenSheet
  isBusy: boolean
  error: unknown
  onPutIn: (marks: Filled[]) => void
}

/**
 * The sheet of the secret assessment: a label that says what is kept apart and who has to be trusted, one row of large
 * buttons for each person, a look over it, and then the box. Nothing is kept on the device before that.
 */
export function SheetForm({ sheet, isBusy, error, onPutIn }: Props) {
  const { t } = useTranslation()
  const [marks, setMarks] = useState<Marks>({})
  const [isChecking, setChecking] = useState(false)
  const rated: readonly Rated[] = [...sheet.criteria, 'whole']
  const left = sheet.persons.filter(({ personId }) => rated.some((one) => !marks[personId]?.[one])).length
  const putIn = () => onPutIn(sheet.persons.map(({ personId }) => filled(sheet, personId, marks[personId] ?? {})))
  return (
    <section className="card appraisal-card">
      <h2>{t('appraisal.sheet')}</h2>
      <Label sheet={sheet} />
      {isChecking ? (
        <Overview sheet={sheet} marks={marks} rated={rated} />
      ) : (
        sheet.persons.map(({ personId, name }) =>
          rated.map((one) => (
            <Line
              key={`${personId}/${one}`}
              id={`${personId}/${one}`}
              name={sheet.criteria.length === 0 ? name : t('appraisal.ratedBy', { name, by: byWord(t, one) })}
              isFirst={one === rated[0]}
              mark={marks[personId]?.[one]}
              onMark={(mark) => setMarks({ ...marks, [personId]: { ...marks[personId], [one]: mark } })}
            />
          )),
        )
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

const byWord = (t: TFunction, one: Rated): string =>
  one === 'whole' ? t('words.appraisal.column.grade') : t(`words.appraisal.criterion.${one}`)

function filled(sheet: OpenSheet, personId: string, marks: Partial<Record<Rated, AppraisalMark>>): Filled {
  const mark = marks.whole ?? 'abstained'
  if (sheet.criteria.length === 0) return { personId, mark }
  return {
    personId,
    mark,
    ratings: Object.fromEntries(sheet.criteria.map((name) => [name, marks[name] ?? 'abstained'])),
  }
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
  /** Of a person: the lines after it belong together. */
  isFirst: boolean
  mark: AppraisalMark | undefined
  onMark: (mark: AppraisalMark) => void
}) {
  const { t } = useTranslation()
  return (
    <fieldset className="appraisal-line" data-next={!props.isFirst || undefined}>
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

function Overview({ sheet, marks, rated }: { sheet: OpenSheet; marks: Marks; rated: readonly Rated[] }) {
  const { t } = useTranslation()
  return (
    <>
      <p>{t('appraisal.overview')}</p>
      <dl className="appraisal-overview">
        {sheet.persons.map(({ personId, name }) => (
          <div key={personId}>
            <dt>{name}</dt>
            <dd>
              {rated.map((one) => {
                const mark = t(`words.appraisal.mark.${marks[personId]?.[one] ?? 'abstained'}`)
                return <div key={one}>{sheet.criteria.length === 0 ? mark : `${byWord(t, one)} ${mark}`}</div>
              })}
            </dd>
          </div>
        ))}
      </dl>
    </>
  )
}
