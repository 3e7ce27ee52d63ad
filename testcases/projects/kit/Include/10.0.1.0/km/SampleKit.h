/* A made-up header that only this made-up kit has. */
#pragma once
