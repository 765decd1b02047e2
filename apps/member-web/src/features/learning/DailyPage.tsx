import { useSuspenseQuery } from '@tanstack/react-query'
import type { LoaderInput } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { setMyHabit } from '@tongxin/contract/learning.own'
import { RefusalText, Select, say } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { ALL_LEARNING, myHabit } from './learning.api.ts'
import './learning.css'

export const loader = ({ queryClient }: LoaderInput) => queryClient.ensureQueryData(myHabit)

const HOURS = Array.from({ length: 17 }, (_, at) => at + 6)
const clock = (hour: number): string => `${String(hour).padStart(2, '0')}:00`

/** One micro-lesson a day, by my own choice: off until I switch it on, at the hour that suits me. */
export function Page() {
  const { t } = useTranslation()
  const { data: habit } = useSuspenseQuery(myHabit)
  const save = useWrite(setMyHabit, { refreshes: ALL_LEARNING, onDone: () => say(t('learning.habitSaved')) })
  return (
    <PageFrame title={t('learning.daily')}>
      <section className="card">
        <p>{t('learning.dailyHint')}</p>
        <label className="reader-confirm">
          <input
            type="checkbox"
            role="switch"
            checked={habit.isOn}
            onChange={(event) => save.mutate({ body: { ...habit, isOn: event.target.checked } })}
          />
          {t('learning.dailyOn')}
        </label>
        <Select
          label={t('learning.dailyHour')}
          required
          value={`${habit.hour}`}
          onChange={(hour) => hour && save.mutate({ body: { ...habit, hour: Number(hour) } })}
          options={HOURS.map((hour) => ({ value: `${hour}`, label: clock(hour) }))}
        />
        <p className="hint">{t('learning.dailyFree')}</p>
        <RefusalText error={save.error} />
      </section>
    </PageFrame>
  )
}
