import { ANSWER_KINDS, NOTICE_LEVELS } from '@tongxin/contract/notices'
import { DateInput, Select, TextArea, TextInput } from '@tongxin/ui'
import { Checkbox } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Change, Draft } from './draft.ts'

type Props = { values: Draft; change: Change; errorAt: (field: string) => string | undefined }

/** How loud it is, what people give back for it, by when, and when it leaves. */
export function AskFields({ values, change, errorAt }: Props) {
  const { t } = useTranslation()
  const { level, needsConfirm, confirmOn, answerKind, choices, sendAt } = values
  return (
    <>
      <Select
        label={t('notices.levelLabel')}
        required
        value={level}
        onChange={(next) => change({ level: next || 'normal' })}
        options={NOTICE_LEVELS.map((value) => ({ value, label: t(`notices.level.${value}`) }))}
        help={t(`notices.levelHint.${level}`)}
      />
      <Checkbox checked={needsConfirm} onChange={(event) => change({ needsConfirm: event.target.checked })}>
        {t('notices.askConfirm')}
      </Checkbox>
      {needsConfirm ? (
        <DateInput
          label={t('notices.confirmBy')}
          value={confirmOn}
          onChange={(day) => change({ confirmOn: day })}
          error={errorAt('/body/confirmBy')}
        />
      ) : null}
      <Select
        label={t('notices.answerLabel')}
        required
        value={answerKind}
        onChange={(next) => change({ answerKind: next || 'none' })}
        options={ANSWER_KINDS.map((value) => ({ value, label: t(`notices.answerKind.${value}`) }))}
      />
      {answerKind === 'choice' ? (
        <TextArea
          label={t('notices.choices')}
          help={t('notices.choicesHint')}
          required
          rows={3}
          maxLength={600}
          value={choices}
          onChange={(text) => change({ choices: text })}
          error={errorAt('/body/choices')}
        />
      ) : null}
      <TextInput
        label={t('notices.sendAt')}
        help={t('notices.sendAtHint')}
        type="datetime-local"
        value={sendAt}
        onChange={(at) => change({ sendAt: at })}
        error={errorAt('/body/sendAt')}
      />
    </>
  )
}
