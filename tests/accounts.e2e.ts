import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, inject } from 'vitest'
import { app, landing, password, register, sizes, test } from './support/journey.ts'

/** The link of the newest mail of this kind to this address, from the folder that stands for SMTP. */
async function linkFor(email: string, kind: 'welcome' | 'recovery'): Promise<string> {
  const folder = join(inject('data'), 'mail')
  let link = ''
  // The mail is written after the answer.
  await expect
    .poll(async () => {
      const names = (await readdir(folder)).filter((name) => name.endsWith('.eml') && name.includes(kind))
      const mails = await Promise.all(names.sort().map((name) => readFile(join(folder, name), 'utf8')))
      const mail = mails.findLast((text) => text.includes(`To: ${email}`))?.replaceAll('=\n', '')
      link = /http:\S+?\/[\w-]{43}/.exec(mail ?? '')?.[0] ?? ''
      return link
    })
    .not.toBe('')
  return link
}

describe('the e-mail', () => {
  test('is asked about at once, and «Sí, corregir» mends it', async ({ person }) => {
    const { page, problems } = await person({ viewport: sizes.phone })
    await page.goto(`${landing()}/registro`)
    await page.getByLabel('Correo').fill('juan@gmial.com')
    await page.getByLabel('Contraseña', { exact: true }).fill(password)
    await page.getByText('¿Quisiste decir juan@gmail.com?').waitFor()
    await page.getByRole('button', { name: 'Sí, corregir' }).click()
    expect(await page.getByLabel('Correo').inputValue()).toBe('juan@gmail.com')
    expect(await page.getByText('¿Quisiste decir').count()).toBe(0)
    expect(problems).toEqual([])
  })

  test('without JavaScript the server asks', async ({ person }) => {
    const { page } = await person({ javaScriptEnabled: false, viewport: sizes.phone })
    const name = `ana-${process.pid}-${Date.now()}`
    await page.goto(`${landing()}/registro`)
    expect(await page.getByRole('button', { name: 'Ver la contraseña' }).count()).toBe(0)
    await page.getByLabel('Correo').fill(`${name}@gmial.com`)
    await page.getByLabel('Contraseña', { exact: true }).fill(password)
    await page.getByLabel('Nombre del negocio').fill('Chifa Ana')
    await page.getByRole('button', { name: 'Crear mi cuenta gratis' }).click()
    await page.getByText(`¿Quisiste decir ${name}@gmail.com?`).waitFor()
    await page.getByLabel('Contraseña', { exact: true }).fill(password)
    await page.getByRole('button', { name: 'Sí, corregir' }).click()
    await page.waitForURL(`${app()}/configurar/datos-fiscales`)
    await page.goto(`${app()}/cuenta`)
    expect(await page.locator('.account-address').innerText()).toContain(`${name}@gmail.com`)
  })
})

test('«Ver» shows the password and hides it again', async ({ person }) => {
  const { page } = await person()
  await page.goto(`${landing()}/registro`)
  const field = page.getByLabel('Contraseña', { exact: true })
  await field.fill(password)
  await page.getByRole('button', { name: 'Ver la contraseña' }).click()
  expect(await field.getAttribute('type')).toBe('text')
  await page.getByRole('button', { name: 'Ocultar la contraseña' }).click()
  expect(await field.getAttribute('type')).toBe('password')
})

for (const javaScriptEnabled of [true, false]) {
  test(`Rosa forgets her password ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async ({
    person,
  }) => {
    const { page } = await person({ javaScriptEnabled })
    const email = await register(page)
    await page.goto(await linkFor(email, 'welcome'))
    await page.getByRole('button', { name: 'Sí, es mi correo' }).click()
    await page.getByRole('heading', { name: 'Tu correo está confirmado' }).waitFor()

    const phone = (await person({ javaScriptEnabled, viewport: sizes.phone })).page
    await phone.goto(`${app()}/ingresar`)
    await phone.getByRole('link', { name: 'Olvidé mi contraseña' }).click()
    await phone.getByLabel('Correo').fill(email)
    await phone.getByRole('button', { name: 'Enviar enlace' }).click()
    await phone.getByText('Si ese correo tiene una cuenta').waitFor()
    await phone.goto(await linkFor(email, 'recovery'))
    await phone.getByLabel('Contraseña nueva', { exact: true }).fill('anticucho con papa')
    await phone.getByRole('button', { name: 'Guardar y entrar' }).click()
    await phone.waitForURL(`${app()}/configurar/datos-fiscales`)

    // Where she was before, nobody is signed in any more.
    await page.goto(`${app()}/cuenta`)
    expect(page.url()).toBe(`${app()}/ingresar?volver=%2Fcuenta`)
    await page.getByLabel('Correo').fill(email)
    await page.getByLabel('Contraseña', { exact: true }).fill('anticucho con papa')
    await page.getByRole('button', { name: 'Ingresar' }).click()
    await page.waitForURL(`${app()}/cuenta`)
  })
}
