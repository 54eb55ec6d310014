// Only comfort: every page stands without this file.
import { explain } from "./explain";
import { live } from "./live";
import { menus } from "./menus";
import { print } from "./print";
import { theme } from "./theme";

theme();
menus();
explain();
live();
print();
