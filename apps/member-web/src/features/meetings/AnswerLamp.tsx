import type { OwnMeetingRow } from '@tongxin/contract/meetings.own'
import { Lamp, type LampState } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'

const STATES: Readonly<Record<OwnMeetingRow['answer'], LampState>> = {
  none: 'warn',
  confirmed: 'ok',
  leave_asked: 'info',
  leave_approved: 'ok',
  leave_refused: 'late',
}

/** What I have answered, and what the organiser said to it. */
export function AnswerLamp({ answer }: { answer: OwnMeetingRow['answer'] }) {
  const { t } = useTranslation()
  return <Lamp state={STATES[answer]}>{t(`meetings.answer.${answer}`)}</Lamp>
}
