/**
 * The commonest passwords of public leaks that have eight characters or more, and what people in Peru
 * choose: folded (lower case, no accents). A word also stands for itself with figures or signs around it
 * («Peru2026!», «polleria123»).
 */
export const commonPasswords: ReadonlySet<string> = new Set(
  `1q2w3e4r 1q2w3e4r5t 1qaz2wsx zaq12wsx qwertyui qwertyuiop qwerty12 qwer1234 asdfghjk asdfghjkl asdf1234
  zxcvbnm1 zxcvbnmm q1w2e3r4 q1w2e3r4t5 a1b2c3d4 abcd1234 abc12345 aa123456 a1234567 a12345678 a123456789
  p@ssw0rd passw0rd pa55word pass1234 trustno1 letmein1 iloveyou1 changeme admin123 root1234 test1234
  1234abcd 123abc123 123qweasd 123qwe123 qweasdzxc qazwsxedc 147258369 159357258 asdasdasd qweqweqwe
  abcdefgh abcdefghi abcdefg1 aabbccdd 1a2b3c4d 11223344 12341234 12121212 123123123 321321321 super123
  user1234 clave123 hola1234 hola12345 soyyo123 miclave1 teamo123 jesus123 abcabc123 holahola hola123456
  pokemon1 monkey12 dragon12 master12 shadow12 sunshine1 princess1 football1 baseball1 superman1 starwars1`.split(
    /\s+/,
  ),
)

export const commonWords: ReadonlySet<string> = new Set(
  `password contrasena contraseña clave miclave claves secreto secreta usuario administrador admin administrator
  qwerty qwertyuiop asdfgh asdfghjkl zxcvbnm abc abcd abcde abcdef letmein welcome iloveyou monkey dragon master
  shadow sunshine princess football baseball superman batman starwars pokemon computer internet google facebook
  teamo tequiero teamomucho amor amorcito miamor mivida corazon princesa estrella estrellita hermosa bonita angel
  angelito angelita bebe bebita chiquita mariposa felicidad familia mifamilia mama papa mihijo mihija hijos
  jesus jesucristo cristo dios diosesamor diosmio diosteama senordelosmilagros santarosa virgen virgencita
  peru viva vivaperu arribaperu elperu lima cusco cuzco arequipa trujillo chiclayo piura iquitos huancayo tacna
  callao comas miraflores sanjuan machupicchu cevichito ceviche inkakola incakola pisco piscosour anticucho
  alianza alianzalima universitario ladelau cristal sportingcristal cienciano melgar binacional garra blanquiazul
  futbol barcelona realmadrid messi ronaldo cristiano guerrero lapadula
  pollo pollos pollito polleria pollerias brasa brasas brasero pollobrasa polloalabrasa parrilla restaurante chifa
  cevicheria cafeteria jugueria panaderia pasteleria bodega minimarket negocio minegocio empresa tienda caja
  cajero ventas gerente gerencia smartket sistema punto prueba pruebas temporal cambiar cambiame
  maria rosa rosita juan juanito jose luis carlos jorge miguel pedro pablo ana carmen julia juana lucia sofia
  valeria camila andrea daniela gabriela patricia claudia diana elizabeth milagros fiorella alejandra alejandro
  fernando fernanda francisco ricardo roberto eduardo manuel antonio victor cesar oscar martin daniel david
  gabriel mateo sebastian santiago rodrigo diego andres kevin brayan bryan jhon jhonny michael anthony
  garcia flores rodriguez sanchez quispe mamani huaman condori rojas ramos torres lopez gonzales fernandez
  enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre
  verano invierno primavera navidad lunes martes miercoles jueves viernes sabado domingo
  holahola bienvenido bienvenida gracias buenosdias colombia mexico argentina chile ecuador venezuela bolivia`
    .toLowerCase()
    .split(/\s+/),
)
