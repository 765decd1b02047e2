import { describe, expect, it } from 'vitest'
import { statementsOf } from './statements.ts'

describe('splitting a script into statements', () => {
  it('refuses what is not closed', () => {
    for (const script of [`select 'a`, 'select "a', 'select $x$ a', 'select 1 /* a /* b */']) {
      expect(() => statementsOf(script), script).toThrow('is not closed')
    }
  })

  it.each([
    ['separates at semicolons', 'a;b ; c', ['a', 'b', 'c']],
    ['drops what is only comment', '-- a;\n/* b; /* c; */ */;\n;select 1', ['select 1']],
    ['keeps semicolons in strings', `select 'a;''b;'; select 2`, [`select 'a;''b;'`, 'select 2']],
    ['knows escape strings', `select E'a\\';b'; select 2`, [`select E'a\\';b'`, 'select 2']],
    [
      'knows that a backslash in a plain string escapes nothing',
      `select 'a\\'; select 2`,
      [`select 'a\\'`, 'select 2'],
    ],
    ['keeps semicolons in names', 'select 1 as "a;""b"; select 2', ['select 1 as "a;""b"', 'select 2']],
    ['keeps bodies whole', 'do $$ begin; end $$; select 2', ['do $$ begin; end $$', 'select 2']],
    [
      'keeps bodies with other bodies inside',
      'do $a$ $b$;$b$; $$ $a$; select 2',
      ['do $a$ $b$;$b$; $$ $a$', 'select 2'],
    ],
    ['takes a dollar inside a name as a letter', 'select a$b$; select 2', ['select a$b$', 'select 2']],
    ['takes parameters as parameters', 'prepare p as select $1; select 2', ['prepare p as select $1', 'select 2']],
  ])('%s', (_, script, statements) => {
    expect(statementsOf(script)).toEqual(statements)
  })
})
