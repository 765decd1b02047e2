import { Button, RefusalText, TextInput } from '@tongxin/ui'
import type { FormEvent } from 'react'
import { unlessAtField, useFieldErrors } from './use-field-errors.ts'

const LETTERS = 16
/** Blanks and hyphens of a code do not matter. */
export const lettersIn = (code: string): string => code.replaceAll(/[^0-9A-Za-z]/g, '')
export const isWholeCode = (code: string): boolean => lettersIn(code).length >= LETTERS

/** A code of sixteen letters and figures, typed in from paper by anybody, without an account. */
export function CodeForm(props: {
  words: { readonly label: string; readonly help: string; readonly verb: string; readonly codeFirst: string }
  code: string
  onChange: (code: string) => void
  isBusy: boolean
  error: unknown
  /** Something was found already: looking again is no longer the first thing to do. */
  isAgain?: boolean
  onSubmit: (code: string) => void
}) {
  const { words, code } = props
  const errorAt = useFieldErrors(props.error)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    props.onSubmit(code.trim())
  }
  return (
    <form onSubmit={submit}>
      <TextInput
        label={words.label}
        help={words.help}
        value={code}
        onChange={props.onChange}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={24}
        required
        error={errorAt('/body/code')}
      />
      <RefusalText error={unlessAtField(props.error, ['/body/code'])} />
      <Button
        kind={props.isAgain ? 'plain' : 'primary'}
        wide
        type="submit"
        isBusy={props.isBusy}
        whyNot={isWholeCode(code) ? undefined : words.codeFirst}
      >
        {words.verb}
      </Button>
    </form>
  )
}
