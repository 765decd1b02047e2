import type { QuestionShape } from '@tongxin/contract/voting.words'
import { Button, TextInput } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from './paper.ts'

export type Person = { readonly id: string; readonly label: string }
const MOST_SHOWN = 6

/** 另选他人: names from the directory of the plan, for those who voted against a candidate (ELEC-10). */
export function WriteIns(props: {
  people: readonly Person[]
  question: QuestionShape
  answer: Answer
  onChange: (answer: Answer) => void
}) {
  const { t } = useTranslation()
  const { answer, question, onChange } = props
  const against = question.options.filter(({ id }) => answer.marks[id] === 'against').length
  const free = against - answer.writeIns.length
  const takeOut = (memberId: string) =>
    onChange({ ...answer, writeIns: answer.writeIns.filter((one) => one.memberId !== memberId) })
  return (
    <section className="write-ins" aria-label={t('voting.writeIn')}>
      <h3>{t('voting.writeIn')}</h3>
      <p className="hint">{t('voting.writeInHint')}</p>
      {answer.writeIns.map(({ memberId, name }) => (
        <p key={memberId} className="written-in">
          <strong>{name}</strong>
          <Button kind="quiet" onClick={() => takeOut(memberId)} aria-label={t('voting.takeOut', { name })}>
            {t('voting.remove')}
          </Button>
        </p>
      ))}
      {free < 0 ? (
        <p className="fault" role="alert">
          {t('voting.fault.writeInWithoutAgainst')}
        </p>
      ) : null}
      {free > 0 ? <Find {...props} /> : null}
    </section>
  )
}

function Find({ people, answer, onChange }: Parameters<typeof WriteIns>[0]) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const asked = text.trim()
  const taken = new Set(answer.writeIns.map(({ memberId }) => memberId))
  const found = asked === '' ? [] : people.filter(({ id, label }) => label.includes(asked) && !taken.has(id))
  return (
    <>
      <TextInput
        label={t('voting.findName')}
        help={t('voting.findNameHelp')}
        value={text}
        onChange={setText}
        maxLength={30}
        autoComplete="off"
      />
      {asked !== '' && found.length === 0 ? <p className="hint">{t('voting.nobodyFound')}</p> : null}
      {found.slice(0, MOST_SHOWN).map(({ id, label }) => (
        <Button
          key={id}
          wide
          onClick={() => {
            onChange({ ...answer, writeIns: [...answer.writeIns, { memberId: id, name: label }] })
            setText('')
          }}
        >
          {t('voting.writeInPerson', { name: label })}
        </Button>
      ))}
      {found.length > MOST_SHOWN ? <p className="hint">{t('voting.moreNames')}</p> : null}
    </>
  )
}
