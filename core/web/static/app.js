// Starts what a page needs. Every screen works without it, only less conveniently.
import { startDialogs } from "./dialogs.js";
import { startForms } from "./forms.js";
import { startKeys } from "./keys.js";
import { startLines } from "./lines.js";
import { startLists } from "./lists.js";
import { startLive } from "./live.js";
import { startPickers } from "./pickers.js";
import { startSearch } from "./search.js";
import { startSessions } from "./sessions.js";

startDialogs();
startForms();
startKeys();
startLines();
startLists();
startPickers();
startSearch();
startSessions();
startLive();
