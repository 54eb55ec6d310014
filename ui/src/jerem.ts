// Only comfort: every page stands without this file.
import { contents } from "./contents";
import { events } from "./events";
import { explain } from "./explain";
import { live } from "./live";
import { menus } from "./menus";
import { pairs } from "./pairs";
import { png } from "./png";
import { print } from "./print";
import { theme } from "./theme";
import { walk } from "./walk";
import { whatIf } from "./whatif";

theme();
menus();
explain();
live();
walk();
events();
pairs();
png();
print();
contents();
whatIf();
