/**
 * The worker of a phone that posts: all that a reader's does, and the outbox while the app is closed. It is a script of
 * its own because a worker can load nothing after its installation, and a villager's phone should not carry it.
 */
import "./index";
import "./outbox";
