import { describe, expect, test } from 'vitest'
import { EsclDriver, esclRoot } from '../../../electron/core/scanning/escl/driver.ts'
import { houseAddresses } from '../../../electron/core/scanning/escl/private-network.ts'

describe('only devices of the house are spoken to', () => {
  const inside = houseAddresses()
  test.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.20',
    '169.254.3.4',
    '::1',
    '[fd12::1]',
    'fe80::1%eth0',
    '::ffff:10.0.0.1',
  ])('%s is inside', (address) => expect(inside(address)).toBe(true))
  test.each([
    '8.8.8.8',
    '172.32.0.1',
    '192.169.0.1',
    '100.64.0.1',
    '0.0.0.0',
    '::',
    '2001:db8::1',
    '::ffff:8.8.8.8',
    'localhost',
    '',
    '127.1',
  ])('%s is outside', (address) => expect(inside(address)).toBe(false))
  test('an administrator may add the campus', () => {
    const campus = houseAddresses(['202.112.0.0/16', '2001:da8::/32'])
    expect([campus('202.112.5.5'), campus('202.113.5.5'), campus('2001:da8:1::5')]).toEqual([true, false, true])
    for (const wrong of ['campus', '10.0.0.0', '10.0.0.0/x']) expect(() => houseAddresses([wrong])).toThrow(RangeError)
  })
  test.each(['http://8.8.8.8/eSCL', 'http://[2001:db8::1]/eSCL', 'http://localhost:1/eSCL'])(
    '%s is refused before a byte is sent',
    async (root) => {
      const driver = new EsclDriver({ allowed: () => false })
      const refused = driver.capabilities(`escl:${root}`, new AbortController().signal)
      await expect(refused).rejects.toMatchObject({ code: 'access_denied' })
      await driver.close()
    },
  )
})

test.each([
  ['192.168.1.20', 'http://192.168.1.20/eSCL'],
  [' scanner.local:8080/ ', 'http://scanner.local:8080/eSCL'],
  ['https://10.0.0.5/eSCL/', 'https://10.0.0.5/eSCL'],
  ['HTTP://[fd00::1]:80', 'http://[fd00::1]/eSCL'],
  ['file:///etc/passwd', null],
  ['http://user:pw@10.0.0.1', null],
  ['http://10.0.0.1/eSCL?x=1', null],
  ['', null],
  ['two words', null],
])('a typed address %j becomes %j', (typed, root) => expect(esclRoot(typed)).toBe(root))
