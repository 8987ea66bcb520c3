/**
 * Name lists for make-seed.mjs, the commonest first. Only common names are used, so that they meet by chance as they do
 * in a real directory; no pairing stands for a real person.
 */
const words = (text) => text.trim().split(/\s*[\n,]\s*/)

export const menNames = words(`
  Michael, James, Robert, John, David, William, José, Daniel, Christopher, Anthony, Joseph, Luis, Thomas, Juan, Kevin, Carlos,
  Charles, Matthew, Marcus, Brian, Jesús, Steven, Eric, Mark, Timothy, Miguel, Richard, Jason, Paul, Antonio, Andrew, Kenneth,
  Jeffrey, Ramón, Gregory, Samuel, Benjamin, Francisco, Raymond, Terrence, Patrick, Javier, Aaron, Derek, Isaiah, Jorge, Walter,
  Nathan, Roberto, Kyle, Dwayne, Frank, Manuel, Tyrone, Scott, Ricardo, Larry, Malik, Eduardo, Stephen, Curtis, Andrés, Phillip,
  Darnell, Adrián, Keith, Víctor, Vincent, Jamal, Rafael, Craig, Héctor, Albert, Sergio, Leonard, DeShawn, Raúl, Travis, Óscar,
  Glenn, Ángel, Maurice, Iván, Lamar, Rubén, Russell, Alejandro, Howard, Pedro, Elijah, Mario, Caleb, Julio, Earl, Martín, Omar,
  Clarence, Fernando, Reginald, Arturo, Wesley, Enrique, Trevor, César, Gerald, Alfredo, Jerome, Gabriel, Hung, Salvador, Ahmed,
  Minh, Ernesto, Kofi, Tomás, Ibrahim, Simón, Dmitri, Joel, Wei, Noé, Harold, Moisés, Stanley, Felipe, Otis, Agustín,
  Emmanuel, Germán, Clyde, Nicolás, Tadeusz, Sebastián, Virgil, Isaac, Leroy, Efraín, Amos, Thanh, Bo, Ezekiel, Liam, Rigoberto,
  Søren, Hassan, Pierre, Jean-Paul, Gonzalo, Everett, Ulysses, Kwame, Zoltán, Anders, Wilfredo, Cedric, Dewey, Roosevelt
`)

export const womenNames = words(`
  María, Jennifer, Linda, Angela, Jessica, Patricia, Michelle, Ashley, Lisa, Carol, Ana, Barbara, Kimberly, Elizabeth, Rosa, Tamika,
  Sandra, Amanda, Stephanie, Melissa, Carmen, Donna, Nicole, Christina, Brenda, Guadalupe, Latoya, Rebecca, Heather, Teresa, Sharon,
  Danielle, Leticia, Crystal, Diane, Juana, Brittany, Monica, Tiffany, Keisha, Cynthia, Alicia, Tanya, Rachel, Margarita, Denise,
  Amber, Verónica, Ebony, Laura, Sofía, Tracy, Lucía, April, Shanice, Gloria, Rhonda, Beatriz, Erica, Yolanda, Dawn, Mónica,
  Samantha, Elena, Wanda, Silvia, Katherine, Ruth, Lakeisha, Esperanza, Joyce, Adriana, Bonnie, Irene, Natasha, Graciela, Sabrina,
  Ángela, Marie, Dolores, Renee, Concepción, Misty, Thuy, Josefina, Yvonne, Inés, Stacy, Rocío, Chantal, Noemí, Faith, Raquel, Hope,
  Araceli, Jasmine, Belén, Fatima, Judith, Zoë, Linh, Consuelo, Priscilla, Mercedes, Amina, Charlene, Itzel, Bernadette, Hannah,
  Olga, Shirley, Aurora, Grace, Xiomara, Ingrid, Paulette, Socorro, Naomi, Celeste, Dorothy
`)

/** Second given names, for the few who use them. */
export const secondNames = words(`
  Lee, Ray, Wayne, Allen, Dale, Antonio, Luis, Marie, Ann, Jean, Lynn, Rose, Elena, Mae, Edward, Earl, James, Alan, Dean, Joseph
`)

export const lastNames = words(`
  Smith, Johnson, García, Williams, Rodríguez, Brown, Martínez, Jones, Hernández, Davis, López, Miller, González, Wilson, Pérez,
  Anderson, Thomas, Sánchez, Taylor, Ramírez, Moore, Jackson, Torres, Martin, Lee, Flores, Thompson, White, Rivera, Harris, Reyes,
  Clark, Gómez, Lewis, Robinson, Díaz, Walker, Cruz, Young, Allen, Morales, King, Ortiz, Wright, Gutiérrez, Scott, Nguyen, Hill,
  Ramos, Green, Chávez, Adams, Ruiz, Baker, Álvarez, Nelson, Mendoza, Carter, Castillo, Mitchell, Jiménez, Roberts, Vásquez, Turner,
  Romero, Phillips, Herrera, Campbell, Medina, Parker, Vargas, Evans, Aguilar, Edwards, Castro, Collins, Guzmán, Stewart, Muñoz,
  Morris, Fernández, Rogers, Salazar, Cook, Delgado, Murphy, Ortega, Cooper, Peña, Bailey, Ríos, Reed, Contreras, Kelly, Luna,
  Howard, Domínguez, Ward, Núñez, Cox, Espinoza, Richardson, Maldonado, Wood, Vega, Watson, Soto, Brooks, Cortéz, Bennett, Estrada,
  Gray, Ávila, James, Figueroa, Hughes, Acosta, Price, Márquez, Myers, Rosales, Long, Ibarra, Foster, Serrano, Sanders, Velásquez,
  Ross, Cervantes, Powell, Salinas, Sullivan, Molina, Russell, Zúñiga, Henderson, Trujillo, Coleman, Cárdenas, Simmons, Villarreal,
  Patterson, Pacheco, Jordan, Valdez, Reynolds, Rangel, Hamilton, Bautista, Graham, De La Cruz, Kim, Quiñones, Wallace, Tran, Gibson,
  O'Brien, Burke, Le, McDonald, Hayes, Pham, Wells, Okafor, Whitfield, Chen, Dunn, Mensah, Ellis, Kowalski, Harper, Abdi, Boyd, Hoàng,
  Mason, Petrov, Fox, St. Clair, Dixon, Yang, Webb, Schmidt, Barnes, Begay, Fisher, Haddad, Holmes, O'Neal, Stone, Van Dyke, Palmer,
  Singh, Black, Lindqvist, Rice, Diallo, Daniels, Kahananui, Grant, D'Angelo, Ferguson, Yazzie, Hawkins, Osei, Crawford, Dubois,
  Mills, Saldaña, Tucker, Müller, Porter, Hunter, Ybarra, Hicks, Echeverría, Owens, Bianchi, García-López, Smith-Reyes,
  Ocasio, Fitzgerald, Nakamura, Leblanc, Thibodeaux, Olsen, Castañeda, Ibáñez, Treviño, Briseño
`)

/** Pairs that would call a well-known person to mind; they are drawn again. */
export const tooWellKnown = new Set(words(`
  Michael Jackson, Michael Jordan, Michael Moore, James Brown, James Taylor, James Martin, James Dean, John Adams, John Lewis, Samuel Adams,
  Samuel Jackson, Robert Lee, Paul Simmons, William Clark, Clarence Thomas, Stephen King, Daniel Ortega, César Chávez, Julio Chávez,
  Jennifer López, Elizabeth Taylor, Naomi Campbell, Ricardo Flores, Pedro Castillo, Manuel López, Andrés López
`))
